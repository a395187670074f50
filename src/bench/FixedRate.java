import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Small pages at a rate that does not depend on how fast they come: {@code FixedRate PORT PER_SECOND SECONDS}. Each has its moment, and its time
 * is counted from then: one that waits for a late one before it on its connection is late itself (corrected for coordinated omission).
 */
final class FixedRate {

    private static final int CONNECTIONS = 32;
    private static final byte[] REQUEST = "GET /hello.php HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes();
    private static final long BEFORE_THE_FIRST = 200_000_000L;

    private FixedRate() {}

    private static final class Client extends Thread {

        private final InetSocketAddress server;
        private final long first;
        private final long every;
        private final long[] times;
        private int failed;

        Client(InetSocketAddress server, long first, long every, int requests) {
            this.server = server;
            this.first = first;
            this.every = every;
            this.times = new long[requests];
        }

        @Override
        public void run() {
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            SocketChannel channel = null;
            for (int i = 0; i < times.length; i++) {
                long moment = first + i * every;
                for (long wait = moment - System.nanoTime(); wait > 0; wait = moment - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                boolean right = false;
                // A server may end a kept connection between two requests: then once more, as any client does.
                for (int tries = 0; tries < 2 && !right; tries++) {
                    try {
                        channel = channel == null ? SocketChannel.open(server) : channel;
                        right = isRight(channel, buffer);
                        tries = right ? tries : 2;
                    } catch (IOException broken) {
                        channel = null;
                    }
                }
                failed += right ? 0 : 1;
                times[i] = System.nanoTime() - moment;
            }
        }

        private static boolean isRight(SocketChannel channel, ByteBuffer buffer) throws IOException {
            channel.write(ByteBuffer.wrap(REQUEST));
            StringBuilder text = new StringBuilder();
            Answer answer = new Answer(Answer.text(text));
            while (!answer.complete) {
                int size = channel.read(buffer.clear());
                if (size < 0) {
                    throw new IOException("closed");
                }
                answer.take(buffer.array(), size);
            }
            return answer.status == 200 && text.toString().equals("Hello, World!");
        }
    }

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
        int rate = Integer.parseInt(arguments[1]);
        int requests = rate * Integer.parseInt(arguments[2]) / CONNECTIONS;
        long every = 1_000_000_000L * CONNECTIONS / rate;
        long first = System.nanoTime() + BEFORE_THE_FIRST;
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Client client = new Client(server, first + every * i / CONNECTIONS, every, requests);
            clients.add(client);
            client.start();
        }
        int failed = 0;
        long[] times = new long[requests * CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            Client client = clients.get(i);
            client.join();
            failed += client.failed;
            System.arraycopy(client.times, 0, times, i * requests, requests);
        }
        Arrays.sort(times);
        System.out.printf("%d\t%d\t%s\t%s\t%s\t%s%n", times.length, failed, at(times, 0.5), at(times, 0.99), at(times, 0.999), at(times, 1));
    }

    private static String at(long[] sorted, double part) {
        return String.format("%.2f", sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))] / 1e6);
    }
}
