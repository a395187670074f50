package org.jettyphp.htaccess;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as a test states it. */
public record Asked(String method, String rawUri, String remoteAddr, Map<String, String> headers, String scheme) implements RequestFacts {

    public static Asked get(String uri) {
        return new Asked("GET", uri, "192.0.2.7", Map.of("Host", "example.test"), "http");
    }

    public Asked with(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new Asked(method, rawUri, remoteAddr, more, scheme);
    }

    Asked by(String otherMethod) {
        return new Asked(otherMethod, rawUri, remoteAddr, headers, scheme);
    }

    Asked from(String address) {
        return new Asked(method, rawUri, address, headers, scheme);
    }

    Asked encrypted() {
        return new Asked(method, rawUri, remoteAddr, headers, "https");
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public String serverName() {
        return "example.test";
    }

    @Override
    public int serverPort() {
        return scheme.equals("https") ? 443 : 80;
    }

    @Override
    public String serverAddr() {
        return "192.0.2.1";
    }

    @Override
    public String remoteUser() {
        return "";
    }

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public @Nullable String header(String name) {
        for (Map.Entry<String, String> each : headers.entrySet()) {
            if (each.getKey().equalsIgnoreCase(name)) {
                return each.getValue();
            }
        }
        return null;
    }
}
