import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * What a front end adds to the time of one request, with nothing else going on: {@code Added PORT SOCKET DOCUMENT_ROOT}. A small page, over one
 * kept connection of a client, and the same from PHP-FPM by a FastCGI client, a connection for each; in turns.
 */
final class Added {

    private static final int ROUNDS = 4_000;
    private static final int WARM_UP = 4_000;

    /** Some servers end a connection after a hundred. */
    private static final int REQUESTS_OF_A_CONNECTION = 50;

    private Added() {}

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
        UnixDomainSocketAddress fpm = UnixDomainSocketAddress.of(arguments[1]);
        byte[] question = question(arguments[2]);
        long[] direct = new long[ROUNDS];
        long[] through = new long[ROUNDS];
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        SocketChannel client = null;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            if (client == null || i % REQUESTS_OF_A_CONNECTION == 0) {
                close(client);
                client = SocketChannel.open(server);
            }
            long began = System.nanoTime();
            check(Fpm.ask(fpm, question));
            long between = System.nanoTime();
            askServer(client, buffer);
            long ended = System.nanoTime();
            if (i >= 0) {
                direct[i] = between - began;
                through[i] = ended - between;
            }
        }
        close(client);
        Arrays.sort(direct);
        Arrays.sort(through);
        System.out.printf("%s\t%s\t%s\t%s\t%s%n", us(direct, 0.5), us(through, 0.5),
                String.format("%.0f", (through[ROUNDS / 2] - direct[ROUNDS / 2]) / 1e3), us(direct, 0.99), us(through, 0.99));
    }

    private static void close(SocketChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private static String us(long[] sorted, double part) {
        return String.format("%.0f", sorted[(int) (sorted.length * part)] / 1e3);
    }

    private static void askServer(SocketChannel client, ByteBuffer buffer) throws IOException {
        client.write(ByteBuffer.wrap("GET /hello.php HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes()));
        StringBuilder text = new StringBuilder();
        Answer answer = new Answer(Answer.text(text));
        while (!answer.complete) {
            int size = client.read(buffer.clear());
            answer.take(buffer.array(), Math.max(0, size));
            if (size < 0) {
                throw new IOException("closed");
            }
        }
        check(text.toString());
    }

    private static void check(String text) throws IOException {
        if (!text.equals("Hello, World!")) {
            throw new IOException("another answer: " + text);
        }
    }

    /** A request with what a browser's has. */
    private static byte[] question(String root) throws IOException {
        return Fpm.question("SCRIPT_FILENAME", root + "/hello.php", "DOCUMENT_ROOT", root, "SCRIPT_NAME", "/hello.php", "REQUEST_URI", "/hello.php",
                "REQUEST_METHOD", "GET", "QUERY_STRING", "", "SERVER_PROTOCOL", "HTTP/1.1", "GATEWAY_INTERFACE", "CGI/1.1", "REMOTE_ADDR",
                "127.0.0.1", "REMOTE_PORT", "40000", "SERVER_ADDR", "127.0.0.1", "SERVER_PORT", "80", "SERVER_NAME", "bench", "HTTP_HOST", "bench",
                "SERVER_SOFTWARE", "bench", "REQUEST_SCHEME", "http", "CONTENT_TYPE", "", "CONTENT_LENGTH", "", "REDIRECT_STATUS", "200");
    }
}
