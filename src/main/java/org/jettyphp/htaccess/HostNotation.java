package org.jettyphp.htaccess;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jettyphp.setting.Network;
import org.jspecify.annotations.Nullable;

/** Addresses as Apache's access control writes them: {@code 10.1}, {@code 10.0.0.0/255.0.0.0}, beside those of {@link Network}. */
final class HostNotation {

    private static final Pattern BEGINNING = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){0,2}\\.?");

    private HostNotation() {}

    static Network network(String text) throws NotUnderstoodException {
        int slash = text.indexOf('/');
        try {
            if (BEGINNING.matcher(text).matches()) {
                String[] given = text.split("\\.");
                return Network.of(String.join(".", given) + ".0".repeat(4 - given.length) + "/" + Byte.SIZE * given.length);
            }
            InetAddress mask = slash < 0 ? null : Network.literal(text.substring(slash + 1));
            return Network.of(mask == null ? text : text.substring(0, slash + 1) + ones(mask));
        } catch (IllegalArgumentException none) {
            throw new NotUnderstoodException("has " + text + ", which is no address; names of hosts are not looked up");
        }
    }

    private static int ones(InetAddress mask) {
        int ones = 0;
        for (byte part : mask.getAddress()) {
            ones += Integer.bitCount(part & 0xFF);
        }
        return ones;
    }

    /** As the Servlet API has it: IPv6 in brackets, with a zone; null: it is none. */
    static @Nullable InetAddress address(String client) {
        return Network.literal(client.replaceAll("^\\[|%.*|]$", ""));
    }
}
