package org.jettyphp.htaccess;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses as access control writes them: {@code 10.1}, {@code 10.0.0.0/8}, {@code 10.0.0.0/255.0.0.0}, {@code 2001:db8::/32}, {@code ::1}. */
record Network(byte[] address, int bits) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]+");
    private static final Pattern BEGINNING = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){0,2}\\.?");

    static Network of(String text) throws NotUnderstoodException {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        if (slash < 0 && BEGINNING.matcher(text).matches()) {
            String[] given = text.split("\\.");
            return new Network(bytes(String.join(".", given) + ".0".repeat(4 - given.length)), 8 * given.length);
        }
        byte[] address = bytes(host);
        return new Network(address, slash < 0 ? 8 * address.length : bits(text.substring(slash + 1), address));
    }

    private static int bits(String text, byte[] address) throws NotUnderstoodException {
        if (text.indexOf('.') > 0) {
            int bits = 0;
            for (byte part : bytes(text)) {
                bits += Integer.bitCount(part & 0xFF);
            }
            return bits;
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > 8 * address.length) {
            throw new NotUnderstoodException("has an address with the length " + text);
        }
        return Integer.parseInt(text);
    }

    /** A literal: nobody is asked for names. */
    private static byte[] bytes(String literal) throws NotUnderstoodException {
        boolean plain = ADDRESS.matcher(literal).matches() && (literal.indexOf(':') >= 0 || literal.split("\\.", -1).length == 4);
        try {
            if (plain) {
                return InetAddress.getByName(literal).getAddress();
            }
        } catch (UnknownHostException malformed) {
            throw new NotUnderstoodException("has " + literal + ", which is no address");
        }
        throw new NotUnderstoodException("has " + literal + ", which is no address; names of hosts are not looked up");
    }

    boolean has(String literal) {
        byte[] other;
        try {
            // As the Servlet API writes IPv6: in brackets, with a zone.
            other = bytes(literal.replaceAll("^\\[|%.*|]$", ""));
        } catch (NotUnderstoodException unknown) {
            return false;
        }
        if (other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((other[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
