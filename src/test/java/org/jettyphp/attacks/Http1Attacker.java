package org.jettyphp.attacks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * Sends an attack and, right behind it, a harmless request that asks for the connection's end. What the server took for a part of the attack
 * is then missing from the harmless request, and what it took for a request of its own comes between the two answers.
 */
final class Http1Attacker implements Attacker {

    private static final int CONNECT_MILLIS = 5_000;
    /** Who has begun to answer and says nothing for so long says no more: Tomcat keeps some connections open that it reads no more. */
    private static final int SILENT_MILLIS = 2_000;

    private final int port;
    private final int limitMillis;

    Http1Attacker(int port, int limitMillis) {
        this.port = port;
        this.limitMillis = limitMillis;
    }

    @Override
    public Said ask(Attack attack, String next) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(attack.request());
        bytes.writeBytes(("GET " + next + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            try {
                socket.getOutputStream().write(bytes.toByteArray());
            } catch (IOException refused) {
                // It has closed before it had read everything; what it has said can be read.
            }
            return read(socket, attack.isHead());
        }
    }

    private Said read(Socket socket, boolean head) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        byte[] chunk = new byte[16 * 1024];
        long until = System.nanoTime() + limitMillis * 1_000_000L;
        boolean ended = false;
        try {
            while (!ended) {
                long left = Math.max(1, (until - System.nanoTime()) / 1_000_000);
                socket.setSoTimeout((int) (said.size() == 0 ? left : Math.min(left, SILENT_MILLIS)));
                int size = socket.getInputStream().read(chunk);
                ended = size < 0;
                said.write(chunk, 0, Math.max(0, size));
            }
        } catch (SocketTimeoutException hangs) {
            return Said.of(said.toByteArray(), head, false);
        } catch (IOException reset) {
            ended = true;
        }
        return Said.of(said.toByteArray(), head, ended);
    }
}
