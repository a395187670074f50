package org.jettyphp.peers;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for those who cannot choose one themselves, or must have the same one again. */
public final class Ports {

    private Ports() {}

    /** Below the ports the kernel gives to clients: connecting to one of those before anybody listens there can connect a socket to itself. */
    public static int free() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(18_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                continue;
            }
        }
    }
}
