package org.jettyphp.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where the addresses of a host are found. May take seconds; any thread. */
interface Names {

    /**
     * Asks anew.
     *
     * @return at least one, those of the preferred family first
     * @throws UnknownHostException if there are none, or nobody could be asked
     */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
