package org.jettyphp.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says about whoever connected to it.
 *
 * @param client as sent: an address, perhaps with a port, {@code unknown}, or an obfuscated name; null: nothing
 * @param proto {@code http} or {@code https}; null: nothing that we understand
 * @param authority the Host that was asked for; null: nothing
 */
record ForwardedElement(@Nullable String client, @Nullable String proto, @Nullable String authority) {

    /** RFC 7239, section 4: pairs of a token and a token or quoted string. */
    private static final Pattern PAIR = Pattern.compile("\\s*([A-Za-z]+)\\s*=\\s*(\"[^\"\\\\]*\"|[^;,\"\\s]+)\\s*(;|,|$)");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:.]+\\](:[0-9]{1,5})?");

    ForwardedElement {
        proto = scheme(proto);
        authority = authority != null && HOST.matcher(authority).matches() ? authority : null;
        client = client != null && (HOST.matcher(client).matches() || isBareIpv6(client)) ? client : null;
    }

    private static @Nullable String scheme(@Nullable String proto) {
        String scheme = proto == null ? "" : proto.toLowerCase(Locale.ROOT);
        return scheme.equals("http") || scheme.equals("https") ? scheme : null;
    }

    /**
     * In the order in which the request came through the proxies; empty if none says anything.
     *
     * @throws HttpException.RuntimeException 400, if what they say cannot be taken apart: whose request it is nobody knows
     */
    static List<ForwardedElement> of(HttpFields headers) {
        try {
            List<String> standard = headers.getCSV(HttpHeader.FORWARDED, true);
            return standard.isEmpty() ? usual(headers) : standard.stream().map(ForwardedElement::parse).toList();
        } catch (IllegalArgumentException | IndexOutOfBoundsException faulty) {
            // Jetty's parser: an open quote, and a parameter of nothing with an empty value (12.1.10).
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400,
                    "what a proxy says about its client cannot be read: " + faulty.getMessage(), faulty);
        }
    }

    private static ForwardedElement parse(String element) {
        String client = null;
        String proto = null;
        String authority = null;
        Matcher pair = PAIR.matcher(element);
        while (pair.lookingAt()) {
            String value = pair.group(2).startsWith("\"") ? pair.group(2).substring(1, pair.group(2).length() - 1) : pair.group(2);
            switch (pair.group(1).toLowerCase(Locale.ROOT)) {
                case "for" -> client = value;
                case "proto" -> proto = value;
                case "host" -> authority = value;
                default -> {
                    // "by", and what others add.
                }
            }
            pair.region(pair.end(), element.length());
        }
        return new ForwardedElement(client, proto, authority);
    }

    /** The X-Forwarded-* that most proxies send. Of a header with fewer values than there are proxies the last one was written by the nearest. */
    private static List<ForwardedElement> usual(HttpFields headers) {
        List<String> clients = headers.getCSV(HttpHeader.X_FORWARDED_FOR, false);
        List<String> protos = headers.getCSV(HttpHeader.X_FORWARDED_PROTO, false);
        List<String> hosts = headers.getCSV(HttpHeader.X_FORWARDED_HOST, false);
        String port = headers.get(HttpHeader.X_FORWARDED_PORT);
        List<ForwardedElement> elements = new ArrayList<>();
        int count = clients.isEmpty() && protos.isEmpty() && hosts.isEmpty() ? 0 : Math.max(1, clients.size());
        for (int i = 0; i < count; i++) {
            String host = nth(hosts, i, count);
            boolean bare = host != null && port != null && port.matches("[0-9]{1,5}") && !host.matches(".*:[0-9]+");
            elements.add(new ForwardedElement(nth(clients, i, count), nth(protos, i, count), bare ? host + ":" + port : host));
        }
        return elements;
    }

    private static @Nullable String nth(List<String> values, int index, int count) {
        return values.isEmpty() ? null : values.get(values.size() == count ? index : values.size() - 1);
    }

    private static boolean isBareIpv6(String client) {
        return client.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    }

    /** The client's address without its port and brackets; null if there is none. */
    @Nullable
    String host() {
        if (client == null || isBareIpv6(client)) {
            return client;
        }
        if (client.startsWith("[")) {
            return client.substring(1, client.indexOf(']'));
        }
        int colon = client.indexOf(':');
        return colon < 0 ? client : client.substring(0, colon);
    }

    /** And no name, {@code unknown} or obfuscated one, which could not be a REMOTE_ADDR. */
    private boolean isAddress() {
        String host = String.valueOf(host());
        return host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    /** As a value of the header {@code Forwarded}. */
    String text() {
        List<String> pairs = new ArrayList<>();
        String address = client;
        if (address != null && isAddress()) {
            pairs.add("for=\"" + (isBareIpv6(address) ? "[" + address + "]" : address) + "\"");
        }
        if (proto != null) {
            pairs.add("proto=" + proto);
        }
        if (authority != null) {
            pairs.add("host=\"" + authority + "\"");
        }
        return String.join(";", pairs);
    }
}
