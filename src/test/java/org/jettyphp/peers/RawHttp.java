package org.jettyphp.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An HTTP/1.1 client that sends exactly the bytes it is given, and tells a complete answer from an aborted one. */
public final class RawHttp implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private Progress progress = size -> {};

    /** Told how much of a body has come, each time some has; what it throws ends the reading. */
    public interface Progress {
        void arrived(int bytes) throws IOException;
    }

    public RawHttp(int port) throws IOException {
        this(port, 0);
    }

    /** With a receive buffer of about so many bytes, for whoever reads slowly; 0: as large as the system makes it. */
    public RawHttp(int port, int receiveBuffer) throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), receiveBuffer);
    }

    /** To an address of the caller's. */
    public RawHttp(InetSocketAddress server) throws IOException {
        this(server, 0);
    }

    /** From an address of its own: on Linux all of 127.0.0.0/8 is this machine. */
    public static RawHttp from(String client, int port) throws IOException {
        return new RawHttp(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0, new InetSocketAddress(client, 0));
    }

    private RawHttp(InetSocketAddress server, int receiveBuffer) throws IOException {
        this(server, receiveBuffer, null);
    }

    private RawHttp(InetSocketAddress server, int receiveBuffer, InetSocketAddress client) throws IOException {
        socket = new Socket();
        socket.bind(client);
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(server);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    /** One request, one answer, one connection. */
    public static Reply get(int port, String path, String... headers) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send("GET", path, "", headers).read();
        }
    }

    public static Reply post(int port, String path, String body, String... headers) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send("POST", path, body, headers).read();
        }
    }

    /** A request with a Host, and a Content-Length if there is a body or it is a POST. */
    public RawHttp send(String method, String path, String body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost:" + socket.getPort() + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!body.isEmpty() || method.equals("POST")) {
            head.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
        }
        return write(head + "\r\n" + body);
    }

    /** Exactly these characters, as UTF-8. */
    public RawHttp write(String bytes) throws IOException {
        return write(bytes.getBytes(StandardCharsets.UTF_8));
    }

    public RawHttp write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    public RawHttp watchedBy(Progress watcher) {
        progress = watcher;
        return this;
    }

    /** An answer; the body as Latin-1 so that no byte is lost. */
    public record Reply(int status, List<String> headers, String body, boolean complete) {

        public String header(String name) {
            return headers.stream().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse(null);
        }

        public List<String> all(String name) {
            return headers.stream().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip()).toList();
        }

        public String text() {
            return new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    public Reply read() throws IOException {
        return read(false);
    }

    /** The head of an answer, so that its body can be read bit by bit. */
    public List<String> readHead() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return lines;
    }

    public Reply read(boolean toHead) throws IOException {
        List<String> lines = readHead();
        if (lines.isEmpty()) {
            return new Reply(0, List.of(), "", false);
        }
        int status = Integer.parseInt(lines.get(0).split(" ")[1]);
        List<String> headers = lines.subList(1, lines.size());
        Reply head = new Reply(status, headers, "", true);
        if (toHead || status == 204 || status == 304) {
            return head;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean complete;
        if ("chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))) {
            complete = readChunks(body);
        } else if (head.header("Content-Length") != null) {
            complete = readExactly(Long.parseLong(head.header("Content-Length")), body);
        } else {
            complete = readExactly(Long.MAX_VALUE, body);
        }
        return new Reply(status, headers, body.toString(StandardCharsets.ISO_8859_1), complete);
    }

    private boolean readChunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            String size = line();
            if (size == null) {
                return false;
            }
            int length = Integer.parseInt(size.split(";")[0].strip(), 16);
            if (!readExactly(length, body) || line() == null) {
                return false;
            }
            if (length == 0) {
                return true;
            }
        }
    }

    private boolean readExactly(long length, ByteArrayOutputStream body) throws IOException {
        byte[] chunk = new byte[16 * 1024];
        for (long left = length; left > 0;) {
            int read;
            try {
                read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
            } catch (java.net.SocketTimeoutException hangs) {
                throw hangs;
            } catch (IOException reset) {
                return false;
            }
            if (read < 0) {
                return false;
            }
            body.write(chunk, 0, read);
            left -= read;
            progress.arrived(body.size());
        }
        return true;
    }

    /** Reads up to the next line feed; null at the end of the stream. */
    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return null;
    }

    /** Leaves with a FIN, and reads on until the server ends the connection too. */
    public void finish() throws IOException {
        socket.shutdownOutput();
        try {
            in.skipNBytes(Long.MAX_VALUE);
        } catch (java.net.SocketTimeoutException hangs) {
            throw hangs;
        } catch (IOException ended) {
            socket.close();
        }
    }

    /** Leaves with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
