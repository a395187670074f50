package org.jettyphp.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a php-fpm listens. {@link AddressNotation} reads one from the notations people have already. */
public sealed interface Address {

    /** The socket addresses to try, in order; all are the same php-fpm. */
    List<SocketAddress> resolve() throws UnknownHostException;

    /** Which kind of socket to open. */
    StandardProtocolFamily family(SocketAddress resolved);

    /** A host and a port; A and AAAA records of one name are alternatives of one target. */
    record Tcp(String host, int port) implements Address {

        public Tcp {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port " + port + " is outside 1 to 65535");
            }
        }

        @Override
        public List<SocketAddress> resolve() throws UnknownHostException {
            List<SocketAddress> all = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(host)) {
                all.add(new InetSocketAddress(address, port));
            }
            return all;
        }

        @Override
        public StandardProtocolFamily family(SocketAddress resolved) {
            boolean six = ((InetSocketAddress) resolved).getAddress() instanceof java.net.Inet6Address;
            return six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        }

        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** A Unix-domain socket, by an absolute path. */
    record Unix(Path path) implements Address {

        /** {@code sun_path} of Linux holds 108 bytes with the final NUL. */
        private static final int MAX_PATH_BYTES = 107;

        public Unix {
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("the socket's path " + path + " is not absolute");
            }
            if (path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
                throw new IllegalArgumentException(
                        "the socket's path is longer than the " + MAX_PATH_BYTES + " bytes a socket can have: " + path);
            }
        }

        @Override
        public List<SocketAddress> resolve() {
            return List.of(UnixDomainSocketAddress.of(path));
        }

        @Override
        public StandardProtocolFamily family(SocketAddress resolved) {
            return StandardProtocolFamily.UNIX;
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }
}
