package org.jettyphp.htaccess;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code %{NAME}} of mod_rewrite, for the place where a pass through the rules stands. */
final class ServerVariables {

    private static final Map<String, String> HEADERS = Map.of("HTTP_USER_AGENT", "User-Agent", "HTTP_REFERER", "Referer", "HTTP_COOKIE",
            "Cookie", "HTTP_FORWARDED", "Forwarded", "HTTP_HOST", "Host", "HTTP_ACCEPT", "Accept", "HTTP_PROXY_CONNECTION",
            "Proxy-Connection");

    private static final Set<String> OTHERS = Set.of("REQUEST_FILENAME", "SCRIPT_FILENAME", "REQUEST_URI", "QUERY_STRING", "REQUEST_METHOD",
            "THE_REQUEST", "REQUEST_SCHEME", "HTTPS", "REMOTE_ADDR", "REMOTE_HOST", "REMOTE_USER", "SERVER_NAME", "SERVER_PORT",
            "SERVER_ADDR", "SERVER_PROTOCOL", "DOCUMENT_ROOT", "CONTEXT_DOCUMENT_ROOT", "CONTEXT_PREFIX", "PATH_INFO", "IS_SUBREQ");

    private static final String HEADER = "HTTP:";
    private static final String ENVIRONMENT = "ENV:";

    private final HtaccessRequest request;
    private final Rewriting pass;

    ServerVariables(HtaccessRequest request, Rewriting pass) {
        this.request = request;
        this.pass = pass;
    }

    /** The name, if it is one. */
    static String known(String name) throws NotUnderstoodException {
        if (HEADERS.containsKey(name) || OTHERS.contains(name) || name.startsWith(HEADER) || name.startsWith(ENVIRONMENT)) {
            return name;
        }
        throw new NotUnderstoodException("uses the variable %{" + name + "}");
    }

    String value(String name) {
        if (name.startsWith(ENVIRONMENT)) {
            return orEmpty(request.variable(name.substring(ENVIRONMENT.length())));
        }
        if (name.startsWith(HEADER)) {
            return orEmpty(request.facts().header(name.substring(HEADER.length())));
        }
        String header = HEADERS.get(name);
        return header != null ? orEmpty(request.facts().header(header)) : other(name);
    }

    private String other(String name) {
        RequestFacts facts = request.facts();
        return switch (name) {
            case "REQUEST_FILENAME", "SCRIPT_FILENAME" -> pass.filename();
            case "REQUEST_URI" -> pass.place().uri();
            case "QUERY_STRING" -> orEmpty(pass.query());
            case "PATH_INFO" -> pass.pathInfo();
            case "IS_SUBREQ" -> Boolean.toString(pass.isForIndex());
            case "REQUEST_METHOD" -> facts.method();
            case "THE_REQUEST" -> facts.method() + " " + facts.rawUri() + " " + facts.protocol();
            case "REQUEST_SCHEME" -> facts.scheme();
            case "HTTPS" -> facts.scheme().equals("https") ? "on" : "off";
            case "REMOTE_ADDR", "REMOTE_HOST" -> facts.remoteAddr();
            case "REMOTE_USER" -> facts.remoteUser();
            case "SERVER_NAME" -> facts.serverName();
            case "SERVER_PORT" -> Integer.toString(facts.serverPort());
            case "SERVER_ADDR" -> facts.serverAddr();
            case "SERVER_PROTOCOL" -> facts.protocol();
            case "CONTEXT_PREFIX" -> facts.contextPath();
            default -> pass.place().root();
        };
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
