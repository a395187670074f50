package org.jettyphp.cgi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The user's own {@code param.*}. They win over every other variable of the same name, also where all their placeholders are missing
 * from the request and the variable is left out: with {@code param.HTTP_X_USER=${attr:user}} a client's {@code X-User} must never pass.
 */
final class OwnParams {

    private static final Map<String, String> REFUSED = Map.of(
            "PHP_VALUE", "set ini.NAME=value instead",
            "PHP_ADMIN_VALUE", "set adminIni.NAME=value instead",
            "SCRIPT_FILENAME", "it is decided by documentRoot, scriptRoot and the URL",
            "REQUEST_BODY_FILE", "PHP would read any file of this name as the body; the body is passed by itself",
            "CONTENT_LENGTH", "PHP would cut the body or wait for more of it; the true length is sent by itself",
            "REDIRECT_URL", "PHP would take the script's path from it");

    private record Param(String name, byte[] bytes, ParamTemplate template) {}

    private final List<Param> params = new ArrayList<>();
    private final Set<String> names;

    /** @throws IllegalArgumentException a name or template that cannot be used; the message says what to change */
    OwnParams(Map<String, String> settings, Function<String, @Nullable String> environment) {
        settings.forEach((name, value) -> {
            check(name, value);
            params.add(new Param(name, name.getBytes(StandardCharsets.US_ASCII),
                    ParamTemplate.compile(name, value, environment)));
        });
        names = Set.copyOf(settings.keySet());
    }

    /** All names, whether sent with a given request or not. */
    Set<String> names() {
        return names;
    }

    void add(VariableList list, CgiRequest request) throws VariableRefusedException {
        for (Param param : params) {
            byte[] value = param.template.expand(request);
            if (value != null) {
                list.add(param.bytes, value);
            }
        }
    }

    private static void check(String name, String value) {
        String why = REFUSED.get(name.toUpperCase(Locale.ROOT));
        if (why != null) {
            throw new IllegalArgumentException("param." + name + " cannot be set: " + why);
        }
        if (!isVariableName(name)) {
            throw new IllegalArgumentException("param." + Quoted.of(name) + ": a name has letters, digits and underscores and does not "
                    + "start with a digit (PHP would change any other character into an underscore)");
        }
        if (name.equals("SERVER_SOFTWARE") && value.regionMatches(true, 0, "Microsoft-IIS", 0, "Microsoft-IIS".length())) {
            throw new IllegalArgumentException("param.SERVER_SOFTWARE must not start with Microsoft-IIS: PHP would read paths as IIS does");
        }
    }

    /**
     * Whether rules of the application may set it: not what says which script runs, with which settings and which body, and what is a header
     * or a fact of the request.
     */
    static boolean isFree(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return isVariableName(name) && !REFUSED.containsKey(upper) && !upper.startsWith("HTTP_") && !upper.startsWith("SSL_")
                && !StandardVariable.isOne(upper);
    }

    private static boolean isVariableName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
