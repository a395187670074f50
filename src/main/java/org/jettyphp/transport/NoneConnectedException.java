package org.jettyphp.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/** A host name has several addresses, and a connection could be opened to none of them. */
public final class NoneConnectedException extends IOException {

    private static final long serialVersionUID = 1;

    private final IOException first;

    /** What became of one address. */
    record Failed(SocketAddress at, IOException cause) {

        @Override
        public String toString() {
            return (at instanceof InetSocketAddress host ? text(host) : at) + " " + cause.getMessage();
        }

        private static String text(InetSocketAddress host) {
            String address = host.getAddress().getHostAddress();
            return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + host.getPort();
        }
    }

    /** Of at least one, in the order in which they were tried; the message names each. */
    NoneConnectedException(List<Failed> failures) {
        super(failures.stream().map(Failed::toString).collect(Collectors.joining(", ")), failures.get(0).cause());
        first = failures.get(0).cause();
    }

    /** What became of the first. */
    public IOException first() {
        return first;
    }
}
