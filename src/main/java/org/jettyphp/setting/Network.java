package org.jettyphp.setting;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses that begin alike: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address, {@code ::1}. Names of hosts are none: nobody is
 * asked for them.
 *
 * @param bits how many of the address count
 */
public record Network(InetAddress address, int bits) {

    /** Without leading zeros, which some take for octal numbers. */
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    private static final Pattern LITERAL = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    /**
     * Reads one as it is written.
     *
     * @throws IllegalArgumentException if it is neither an address nor a network
     */
    public static Network of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address != null) {
            int most = Byte.SIZE * address.getAddress().length;
            String length = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
            if (LENGTH.matcher(length).matches() && Integer.parseInt(length) <= most) {
                return new Network(address, Integer.parseInt(length));
            }
        }
        throw new IllegalArgumentException("'" + text + "' is neither an address nor a network");
    }

    /** An address as it is written in figures; null: it is none. */
    public static @Nullable InetAddress literal(String text) {
        try {
            return LITERAL.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException malformed) {
            return null;
        }
    }

    /** Whether an address is one of these. */
    public boolean has(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
