package org.jettyphp.cgi;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Request headers as HTTP_* variables. PHP folds {@code _} and {@code .} alike into {@code _}, so a name with anything but letters, digits
 * and hyphens could pass for another one ({@code X_Forwarded_For}, {@code Remote.User}) and is left out.
 */
final class HeaderVariables {

    /**
     * Not as HTTP_*: the body's two are variables of their own; Proxy would become HTTP_PROXY, which libraries take for configuration
     * (CVE-2016-5385); the hop-by-hop ones speak of a connection PHP is not on, and Transfer-Encoding of a body that it gets whole.
     */
    private static final Set<String> LEFT_OUT = Set.of("content-type", "content-length", "proxy", "transfer-encoding", "te", "trailer", "keep-alive",
            "proxy-connection", "upgrade", "http2-settings");

    private final boolean underscores;

    HeaderVariables(boolean underscores) {
        this.underscores = underscores;
    }

    /** Values by the variable's name; several lines of one header are one value, as RFC 9110, 5.3 and RFC 9113, 8.2.3 join them. */
    Map<String, String> of(List<CgiRequest.Header> headers) {
        Map<String, String> variables = new LinkedHashMap<>();
        addAll(headers, false, variables);
        if (underscores) {
            Set<String> hyphened = Set.copyOf(variables.keySet());
            Map<String, String> underscored = new LinkedHashMap<>();
            addAll(headers, true, underscored);
            underscored.keySet().removeAll(hyphened);
            variables.putAll(underscored);
        }
        return variables;
    }

    private static void addAll(List<CgiRequest.Header> headers, boolean withUnderscore, Map<String, String> variables) {
        for (CgiRequest.Header header : headers) {
            String name = header.name();
            if ((name.indexOf('_') >= 0) == withUnderscore && isPlain(name) && !LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
                String separator = name.equalsIgnoreCase("Cookie") ? "; " : ", ";
                variables.merge(variable(name), header.value(), (before, more) -> before + separator + more);
            }
        }
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static String variable(String header) {
        byte[] name = new byte[5 + header.length()];
        System.arraycopy("HTTP_".getBytes(StandardCharsets.US_ASCII), 0, name, 0, 5);
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            name[5 + i] = (byte) (c == '-' ? '_' : c >= 'a' && c <= 'z' ? c - 32 : c);
        }
        return new String(name, StandardCharsets.US_ASCII);
    }
}
