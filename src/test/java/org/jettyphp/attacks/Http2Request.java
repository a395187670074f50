package org.jettyphp.attacks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as the fields of HTTP/2.
 *
 * @param fields name, value, name, value
 */
record Http2Request(List<String> fields, byte[] body) {

    private static final Pattern HTTP1 =
            Pattern.compile("(?s)([!-~]+) (.+?) HTTP/1\\.1\r\n((?:[^\r\n:]++:[^\r\n]*+\r\n)*+)\r\n(.*)");
    /** RFC 9113, section 8.2.2, and Expect, whose interim answer is another subject. */
    private static final Set<String> HTTP1_ONLY =
            Set.of("connection", "transfer-encoding", "upgrade", "keep-alive", "proxy-connection", "te", "expect");

    private static final String BODY = "%body=";
    private static final List<String> USUAL = List.of(":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", "/env.php");

    static Optional<Http2Request> of(Attack attack) {
        return attack.asFields() ? Optional.of(ofFields(attack.text())) : ofHttp1(attack);
    }

    /** Fields with {@code |} between them; where no name begins with a colon, behind the usual ones. */
    private static Http2Request ofFields(String text) {
        List<String> fields = new ArrayList<>();
        String body = "";
        for (String field : text.split(" \\| ", -1)) {
            int sign = field.indexOf('=');
            if (field.startsWith(BODY)) {
                body = field.substring(BODY.length());
            } else {
                fields.add(field.substring(0, sign));
                fields.add(field.substring(sign + 1));
            }
        }
        if (!text.startsWith(":") && !text.contains(" | :")) {
            fields.addAll(0, USUAL);
        }
        return new Http2Request(fields, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Empty for what HTTP/1.1 alone has a form for. */
    private static Optional<Http2Request> ofHttp1(Attack attack) {
        Matcher http1 = HTTP1.matcher(new String(attack.request(), StandardCharsets.ISO_8859_1));
        if (!http1.matches() || http1.group(1).equals("CONNECT") || !http1.group(2).startsWith("/")) {
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>(List.of(":method", http1.group(1), ":scheme", "http", ":path", http1.group(2)));
        int hosts = 0;
        for (String line : http1.group(3).lines().toList()) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
            String value = line.substring(name.length() + 1).replaceAll("^[ \t]+|[ \t]+$", "");
            if (HTTP1_ONLY.contains(name)) {
                return Optional.empty();
            }
            boolean host = name.equals("host");
            hosts += host ? 1 : 0;
            fields.addAll(host ? 2 : fields.size(), List.of(host ? ":authority" : name, value));
        }
        return hosts == 1 ? Optional.of(new Http2Request(fields, http1.group(4).getBytes(StandardCharsets.ISO_8859_1))) : Optional.empty();
    }
}
