import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Reads so many streams of events.php at once: how long after PHP's flush() each line came. */
final class Streams {

    private static final int LINES = 100;
    private static final int LINE_LENGTH = "data: 1700000000000000".length();
    private static final long LIMIT_MILLIS = 60_000;

    private static long[] times;
    private static int lines;
    private static final Map<String, Integer> outcomes = new TreeMap<>();
    private static int ended;

    private Streams() {}

    private static final class Stream {

        private final StringBuilder line = new StringBuilder();
        private final Answer answer = new Answer(this::take);
        private long now;
        private int count;
        private boolean garbled;

        private void take(byte[] bytes, int from, int to) {
            for (int at = from; at < to && answer.status == 200; at++) {
                if (bytes[at] != '\n') {
                    line.append((char) bytes[at]);
                } else if (line.length() > 0) {
                    if (line.length() == LINE_LENGTH && count < LINES) {
                        times[lines++] = now - Long.parseLong(line.substring("data: ".length()));
                        count++;
                    } else {
                        garbled = true;
                    }
                    line.setLength(0);
                }
            }
        }
    }

    public static void main(String[] args) throws Exception {
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
        int streams = Integer.parseInt(args[1]);
        times = new long[streams * LINES];
        Selector selector = Selector.open();
        for (int i = 0; i < streams; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channel.write(ByteBuffer.wrap("GET /events.php HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes()));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Stream());
        }
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        for (long until = System.currentTimeMillis() + LIMIT_MILLIS; ended < streams && System.currentTimeMillis() < until;) {
            selector.select(key -> read(key, buffer), 1000);
        }
        System.out.println(outcomes.toString().replaceAll("[{}]", "").replace('=', ' ') + "\t" + lines + "\t" + summary());
    }

    private static void read(SelectionKey key, ByteBuffer buffer) {
        Stream stream = (Stream) key.attachment();
        int size;
        try {
            size = ((SocketChannel) key.channel()).read(buffer.clear());
        } catch (IOException broken) {
            size = -1;
        }
        Instant clock = Instant.now();
        stream.now = clock.getEpochSecond() * 1_000_000 + clock.getNano() / 1000;
        stream.answer.take(buffer.array(), Math.max(0, size));
        if (size < 0 || stream.answer.complete) {
            ended++;
            boolean text = stream.answer.status == 200;
            boolean all = stream.answer.complete && stream.count == LINES && !stream.garbled;
            outcomes.merge(all ? "whole" : stream.garbled ? "garbled" : text ? "cut short" : "status " + stream.answer.status, 1, Integer::sum);
            key.cancel();
        }
    }

    /** Median, 99th percentile and maximum, in milliseconds. */
    private static String summary() {
        if (lines == 0) {
            return "-\t-\t-";
        }
        long[] sorted = Arrays.copyOf(times, lines);
        Arrays.sort(sorted);
        return String.format("%.2f\t%.2f\t%.2f", sorted[lines / 2] / 1e3, sorted[lines * 99 / 100] / 1e3, sorted[lines - 1] / 1e3);
    }
}
