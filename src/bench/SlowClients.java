import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * So many clients that each upload 1 MiB at 20 KiB/s and as many that each read a page of 8 MiB at 100 KiB/s, and a probe beside them.
 *
 * <p>Slow clients need no selector: each has its turn four times a second, and takes or gives then what its rate allows. 2,000 of them cost
 * 8,000 small system calls a second, on one thread. The probe, whose times are what matters, has a thread of its own.
 */
final class SlowClients {

    private static final int TURN_MILLIS = 250;
    private static final int RAMP_MILLIS = 10_000;
    private static final int UPLOAD_RATE = 20 * 1024;
    private static final int READ_RATE = 100 * 1024;
    private static final byte[] UPLOAD = Bytes.of(1 << 20);
    private static final byte[] PAGE = Bytes.of(8 << 20);
    private static final String RECEIVED = UPLOAD.length + " " + Bytes.checksum(UPLOAD) + " " + UPLOAD.length + "\n";

    private static final ByteBuffer READ = ByteBuffer.allocate(2 * READ_RATE * TURN_MILLIS / 1000);

    private SlowClients() {}

    /** One that is slow: its credit are the bytes that its rate allows now. */
    private abstract static class Client {

        private final InetSocketAddress server;
        private final int rate;
        private final long firstTurn;
        private long lastTurn;
        private SocketChannel channel;
        private ByteBuffer request;
        int credit;
        Answer answer;
        String outcome;

        Client(InetSocketAddress server, int rate, long firstTurn) {
            this.server = server;
            this.rate = rate;
            this.firstTurn = firstTurn;
        }

        abstract ByteBuffer request();

        abstract Answer.Body body();

        abstract void goOn(SocketChannel channel) throws IOException;

        abstract boolean isWhole();

        /** False if it was not its turn yet. */
        boolean turn(long now) {
            if (outcome != null || now < firstTurn) {
                return false;
            }
            try {
                if (channel == null) {
                    open(now);
                }
                if (channel.finishConnect()) {
                    // No more than twice the rate: who was held up does not catch up in one go.
                    credit = (int) Math.min(2L * rate * TURN_MILLIS / 1000, credit + rate * (now - lastTurn) / 1000);
                    lastTurn = now;
                    if (request.hasRemaining()) {
                        channel.write(request);
                    }
                    goOn(channel);
                }
            } catch (IOException broken) {
                end(answer.status == 0 ? "connection lost" : "answer cut short");
            }
            return true;
        }

        private void open(long now) throws IOException {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            // A slow line has a small window; without this the kernel would take most of a page at once.
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
            channel.connect(server);
            request = request();
            answer = new Answer(body());
            lastTurn = now;
        }

        /** Reads so many bytes of the answer, if they are there: the number of those that were. */
        final int read(int most) throws IOException {
            READ.clear().limit(Math.min(most, READ.capacity()));
            int size = channel.read(READ);
            answer.take(READ.array(), Math.max(0, size));
            if (size < 0) {
                answer.closed();
            }
            if (answer.complete) {
                end(answer.status != 200 ? "status " + answer.status : isWhole() ? "whole" : "other bytes");
            } else if (size < 0) {
                end(answer.status == 0 ? "connection lost" : "answer cut short");
            }
            return size;
        }

        final void end(String what) {
            outcome = what;
            try {
                channel.close();
            } catch (IOException ignored) {
                // It is closed.
            }
        }
    }

    private static final class Uploader extends Client {

        private final ByteBuffer body = ByteBuffer.wrap(UPLOAD);
        private final StringBuilder text = new StringBuilder();

        Uploader(InetSocketAddress server, long firstTurn) {
            super(server, UPLOAD_RATE, firstTurn);
        }

        @Override
        ByteBuffer request() {
            return ascii("POST /upload.php HTTP/1.1\r\nHost: bench\r\nContent-Type: application/octet-stream\r\nContent-Length: " + UPLOAD.length + "\r\n\r\n");
        }

        @Override
        Answer.Body body() {
            return Answer.text(text);
        }

        @Override
        void goOn(SocketChannel channel) throws IOException {
            body.limit(Math.min(UPLOAD.length, body.position() + credit));
            credit -= channel.write(body);
            read(4096);
        }

        @Override
        boolean isWhole() {
            return text.toString().equals(RECEIVED);
        }
    }

    private static final class Reader extends Client {

        private boolean same = true;

        Reader(InetSocketAddress server, long firstTurn) {
            super(server, READ_RATE, firstTurn);
        }

        @Override
        ByteBuffer request() {
            return ascii("GET /page.php HTTP/1.1\r\nHost: bench\r\n\r\n");
        }

        @Override
        Answer.Body body() {
            return (bytes, from, to) -> {
                int at = (int) answer.length;
                same &= at + to - from <= PAGE.length && Arrays.equals(bytes, from, to, PAGE, at, at + to - from);
            };
        }

        @Override
        void goOn(SocketChannel channel) throws IOException {
            for (int size = 1; size > 0 && credit > 0 && outcome == null;) {
                size = read(credit);
                credit -= Math.max(0, size);
            }
        }

        @Override
        boolean isWhole() {
            return same && answer.length == PAGE.length;
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    public static void main(String[] args) throws Exception {
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
        int each = Integer.parseInt(args[1]);
        long began = System.currentTimeMillis();
        long until = began + 1000L * Integer.parseInt(args[2]);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            long firstTurn = began + (long) RAMP_MILLIS * i / each;
            clients.add(new Uploader(server, firstTurn));
            clients.add(new Reader(server, firstTurn));
        }
        Probe probe = new Probe(server);
        probe.start();
        long last = goRound(clients, until);
        probe.end();
        System.out.println(outcomes(clients, Uploader.class) + "\t" + outcomes(clients, Reader.class) + "\t" + probe.summary()
                + "\t" + (last - began) / 1000);
    }

    /** Gives each client its turns; the time when all had ended, or the limit. */
    private static long goRound(List<Client> clients, long until) throws InterruptedException {
        int slices = TURN_MILLIS / 5;
        for (long round = System.currentTimeMillis(); round < until; round += TURN_MILLIS) {
            for (int slice = 0; slice < slices; slice++) {
                long due = round + slice * 5L;
                Thread.sleep(Math.max(0, due - System.currentTimeMillis()));
                for (int i = slice; i < clients.size(); i += slices) {
                    clients.get(i).turn(System.currentTimeMillis());
                }
            }
            if (clients.stream().allMatch(client -> client.outcome != null)) {
                return System.currentTimeMillis();
            }
        }
        return until;
    }

    /** "1000", or "812 (188 status 502)". */
    private static String outcomes(List<Client> clients, Class<?> kind) {
        Map<String, Integer> counts = new TreeMap<>();
        clients.stream().filter(kind::isInstance).forEach(client -> counts.merge(client.outcome == null ? "not ready" : client.outcome, 1, Integer::sum));
        Integer whole = counts.remove("whole");
        List<String> others = new ArrayList<>();
        counts.forEach((what, count) -> others.add(count + " " + what));
        return (whole == null ? 0 : whole) + (others.isEmpty() ? "" : " (" + String.join(", ", others) + ")");
    }
}
