package org.jettyphp.cgi;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jettyphp.setting.IpText;
import org.jspecify.annotations.Nullable;

/**
 * The request as variables (RFC 3875, section 4.1, and what Apache and nginx add to it; {@code src/site/markdown/variables.md} compares).
 *
 * <p>One instance for a context, shared by all threads. Whatever does not depend on the request is checked and encoded by the
 * constructor.
 */
public final class Variables {

    private final Set<StandardVariable> ownStandard = EnumSet.noneOf(StandardVariable.class);
    private final CgiVariables constant;
    private final HeaderVariables headers;
    private final OwnParams own;

    /**
     * Compiles the settings.
     *
     * @param serverSoftware value of {@code SERVER_SOFTWARE}, for example {@code jetty-php-fpm/1.0}
     * @throws IllegalArgumentException a name or value in the settings that cannot be sent; the message says what to change
     */
    public Variables(CgiSettings settings, String serverSoftware) {
        this(settings, serverSoftware, System::getenv);
    }

    Variables(CgiSettings settings, String serverSoftware, Function<String, @Nullable String> environment) {
        own = new OwnParams(settings.param(), environment);
        for (StandardVariable variable : StandardVariable.values()) {
            if (own.names().contains(variable.name())) {
                ownStandard.add(variable);
            }
        }
        headers = new HeaderVariables(settings.underscoreHeaders(), own.names());
        constant = constant(settings, serverSoftware);
    }

    /**
     * The variables of one request.
     *
     * @throws VariableRefusedException a value with a control character, or one that has no UTF-8 form: answer 400
     */
    public CgiVariables of(CgiRequest request) throws VariableRefusedException {
        VariableList list = new VariableList(ownStandard, own.names());
        constant.forEach(list::add);
        line(list, request.line());
        script(list, request.script());
        connection(list, request.connection());
        login(list, request.login());
        body(list, request.body());
        if (request.tls() != null) {
            TlsVariables.add(list, request.tls());
        }
        environment(list, request);
        headers.add(list, request);
        own.add(list, request);
        return list.done();
    }

    private CgiVariables constant(CgiSettings settings, String serverSoftware) {
        // FPM then reads PATH_TRANSLATED and friends as IIS means them (php-src 8.2, sapi/fpm/fpm/fpm_main.c, init_request_info).
        if (serverSoftware.regionMatches(true, 0, "Microsoft-IIS", 0, "Microsoft-IIS".length())) {
            throw new IllegalArgumentException("SERVER_SOFTWARE must not start with Microsoft-IIS: PHP would read paths as IIS sends them");
        }
        VariableList list = new VariableList(ownStandard, own.names());
        try {
            list.put(StandardVariable.GATEWAY_INTERFACE, "CGI/1.1");
            list.put(StandardVariable.SERVER_SOFTWARE, serverSoftware);
        } catch (VariableRefusedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        IniValues.add(list, StandardVariable.PHP_VALUE, "ini", settings.ini());
        IniValues.add(list, StandardVariable.PHP_ADMIN_VALUE, "adminIni", settings.adminIni());
        return list.done();
    }

    private static void line(VariableList list, CgiRequest.Line line) throws VariableRefusedException {
        list.put(StandardVariable.REQUEST_METHOD, line.method());
        list.put(StandardVariable.REQUEST_URI, line.rawUri());
        list.put(StandardVariable.REQUEST_SCHEME, line.scheme());
        // RFC 3875, section 4.1.7: set even if there is no query.
        list.put(StandardVariable.QUERY_STRING, line.rawQuery() == null ? "" : line.rawQuery());
        list.put(StandardVariable.SERVER_PROTOCOL, line.protocol());
        // Absent over plain text: scripts written for Apache ask isset($_SERVER['HTTPS']).
        list.put(StandardVariable.HTTPS, "https".equalsIgnoreCase(line.scheme()) ? "on" : null);
    }

    private static void script(VariableList list, CgiRequest.Script script) throws VariableRefusedException {
        String name = script.contextPath() + script.name();
        String pathInfo = script.pathInfo();
        list.put(StandardVariable.SCRIPT_NAME, name);
        list.put(StandardVariable.SCRIPT_FILENAME, script.filename());
        list.put(StandardVariable.DOCUMENT_URI, pathInfo == null ? name : name + pathInfo);
        list.put(StandardVariable.DOCUMENT_ROOT, script.documentRoot());
        list.put(StandardVariable.CONTEXT_PREFIX, script.contextPath());
        list.put(StandardVariable.CONTEXT_DOCUMENT_ROOT, script.documentRoot());
        // RFC 3875, sections 4.1.5 and 4.1.6. Not sent empty: scripts ask isset($_SERVER['PATH_INFO']).
        if (pathInfo != null && !pathInfo.isEmpty()) {
            list.put(StandardVariable.PATH_INFO, pathInfo);
            list.put(StandardVariable.PATH_TRANSLATED, script.documentRoot() + pathInfo);
        }
    }

    private static void connection(VariableList list, CgiRequest.Connection connection) throws VariableRefusedException {
        list.put(StandardVariable.REMOTE_ADDR, IpText.canonical(connection.remoteAddr()));
        list.put(StandardVariable.REMOTE_PORT, Integer.toString(connection.remotePort()));
        list.put(StandardVariable.SERVER_ADDR, IpText.canonical(connection.serverAddr()));
        list.put(StandardVariable.SERVER_NAME, connection.serverName());
        list.put(StandardVariable.SERVER_PORT, Integer.toString(connection.serverPort()));
    }

    private static void login(VariableList list, CgiRequest.Login login) throws VariableRefusedException {
        list.put(StandardVariable.REMOTE_USER, login.user());
        list.put(StandardVariable.AUTH_TYPE, login.authType() == null ? null : scheme(login.authType()));
    }

    /** The servlet API says BASIC and DIGEST where Apache says Basic and Digest; others have no such habit to follow. */
    private static String scheme(String authType) {
        return switch (authType.toUpperCase(Locale.ROOT)) {
            case "BASIC" -> "Basic";
            case "DIGEST" -> "Digest";
            default -> authType;
        };
    }

    /** {@code HTTPS} too, where nobody else says it: {@code SetEnvIf X-Forwarded-Proto https HTTPS=on}. */
    private static void environment(VariableList list, CgiRequest request) throws VariableRefusedException {
        // A PHP built with --enable-force-cgi-redirect runs nothing without it.
        list.put(StandardVariable.REDIRECT_STATUS, request.environment().getOrDefault(StandardVariable.REDIRECT_STATUS.name(), "200"));
        for (Map.Entry<String, String> variable : request.environment().entrySet()) {
            boolean https = variable.getKey().equals("HTTPS") && !"https".equalsIgnoreCase(request.line().scheme());
            if (https) {
                list.put(StandardVariable.HTTPS, variable.getValue());
            } else if (OwnParams.isFree(variable.getKey())) {
                list.put(variable.getKey(), variable.getValue());
            }
        }
    }

    private static void body(VariableList list, CgiRequest.Body body) throws VariableRefusedException {
        list.put(StandardVariable.CONTENT_LENGTH, body.length() < 0 ? null : Long.toString(body.length()));
        list.putHeader(StandardVariable.CONTENT_TYPE, body.type());
    }
}
