package org.jettyphp.htaccess;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.jettyphp.setting.Network;
import org.jspecify.annotations.Nullable;

/** Addresses as Apache's access control writes them: {@code 10.1}, {@code 10.0.0.0/255.0.0.0}, beside those of {@link Network}. */
final class HostNotation {

    private static final Pattern OF_THE_SERVLET_API = Pattern.compile("^\\[|%.*|]$");
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
            return mask == null ? Network.of(text) : new Network(ofFour(text.substring(0, slash)), ones(mask));
        } catch (IllegalArgumentException none) {
            throw new NotUnderstoodException("has " + text + ", which is no address and no network; names of hosts are not looked up");
        }
    }

    /** Masks are written for IPv4 only. */
    private static InetAddress ofFour(String text) {
        InetAddress address = Network.of(text).address();
        if (address instanceof Inet4Address) {
            return address;
        }
        throw new IllegalArgumentException(text + " has no mask");
    }

    /**
     * How many ones a mask begins with.
     *
     * @throws IllegalArgumentException if others follow behind zeros: by their number alone it would let others in than it says
     */
    private static int ones(InetAddress mask) {
        int bits = mask instanceof Inet4Address ? ByteBuffer.wrap(mask.getAddress()).getInt() : 1;
        int ones = Integer.numberOfLeadingZeros(~bits);
        if (ones < Integer.SIZE && bits << ones != 0) {
            throw new IllegalArgumentException(mask + " is no mask of a network");
        }
        return ones;
    }

    /** As the Servlet API has it: IPv6 in brackets, with a zone; null: it is none. */
    static @Nullable InetAddress address(String client) {
        return Network.literal(OF_THE_SERVLET_API.matcher(client).replaceAll(""));
    }
}
