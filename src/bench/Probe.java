import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks hello.php ten times a second, each time on a connection of its own, whether or not the earlier ones have been answered. */
final class Probe extends Thread {

    private static final long EVERY = 100_000_000L;
    private static final long LIMIT = 10_000_000_000L;
    private static final long RUSH = 30_000_000_000L;
    private static final byte[] REQUEST = "GET /hello.php HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".getBytes();

    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final List<Question> asked = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(4096);
    private volatile boolean ending;

    private static final class Question {
        final long began = System.nanoTime();
        final StringBuilder text = new StringBuilder();
        final Answer answer = new Answer(Answer.text(text));
        long took = -1;
        boolean ended;
    }

    Probe(InetSocketAddress server) throws IOException {
        this.server = server;
    }

    @Override
    public void run() {
        long next = System.nanoTime();
        while (!ending) {
            long now = System.nanoTime();
            if (now >= next) {
                ask();
                next += EVERY;
            }
            try {
                selector.select(this::ready, Math.max(1, (next - now) / 1_000_000));
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
            for (SelectionKey key : selector.keys()) {
                Question question = (Question) key.attachment();
                if (System.nanoTime() - question.began > LIMIT) {
                    finish(key, question);
                }
            }
        }
    }

    private void ask() {
        Question question = new Question();
        asked.add(question);
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_CONNECT, question);
            channel.connect(server);
        } catch (IOException refused) {
            question.ended = true;
        }
    }

    private void ready(SelectionKey key) {
        Question question = (Question) key.attachment();
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                channel.write(ByteBuffer.wrap(REQUEST));
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            int size = channel.read(buffer.clear());
            question.answer.take(buffer.array(), Math.max(0, size));
            if (size < 0) {
                question.answer.closed();
            }
            if (question.answer.complete && question.answer.status == 200 && question.text.toString().equals("Hello, World!")) {
                question.took = System.nanoTime() - question.began;
            }
            if (size < 0 || question.answer.complete) {
                finish(key, question);
            }
        } catch (IOException broken) {
            finish(key, question);
        }
    }

    private static void finish(SelectionKey key, Question question) {
        question.ended = true;
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException ignored) {
            // It is closed.
        }
    }

    void end() throws InterruptedException {
        ending = true;
        join();
    }

    /** How many were asked and how many failed; the median; the 99th percentile of the rush at the beginning and of the time after it; the maximum. */
    String summary() {
        List<Question> ended = asked.stream().filter(question -> question.ended).toList();
        List<Question> failed = ended.stream().filter(question -> question.took < 0).toList();
        String lastFailure = failed.isEmpty() ? "" : " (the last at " + (failed.get(failed.size() - 1).began - ended.get(0).began) / 1_000_000_000L + " s)";
        long rushEnds = ended.get(0).began + RUSH;
        long[] all = times(ended.stream());
        long[] rush = times(ended.stream().filter(question -> question.began < rushEnds));
        long[] after = times(ended.stream().filter(question -> question.began >= rushEnds));
        return ended.size() + "\t" + failed.size() + lastFailure + "\t" + at(all, 0.5) + "\t" + at(rush, 0.99) + "\t" + at(after, 0.99) + "\t" + at(all, 1);
    }

    /** Sorted; a failure counts as the limit. */
    private static long[] times(Stream<Question> questions) {
        return questions.mapToLong(question -> question.took < 0 ? LIMIT : question.took).sorted().toArray();
    }

    private static String at(long[] sorted, double part) {
        if (sorted.length == 0) {
            return "-";
        }
        long time = sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
        return time >= LIMIT ? "failed" : String.format("%.1f", time / 1e6);
    }
}
