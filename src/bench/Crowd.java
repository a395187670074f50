import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * Clients who ask fault.php all the time, GET and POST in turn, each on a connection of its own, while something goes wrong: {@code Crowd PORT
 * CLIENTS PAUSE_MS SECONDS QUERY RAN [COLUMNS]}. RAN is the file in which the script notes what has run; COLUMNS gets what was answered by whom.
 */
final class Crowd {

    /** Longer than what any of the servers waits for PHP. */
    private static final int LIMIT_MS = 70_000;

    private static final byte[] BUFFER = new byte[64 * 1024];

    private final int port;
    private final String query;
    private final ConcurrentLinkedQueue<Ending> endings = new ConcurrentLinkedQueue<>();
    private final long start = System.nanoTime();

    /**
     * How a request ended.
     *
     * @param second since the beginning
     * @param by the name of the pool that answered, or null
     * @param cut whether it looked like a whole answer and was none
     */
    private record Ending(double second, boolean post, String by, boolean cut, String how, double ms) {}

    private Crowd(int port, String query) {
        this.port = port;
        this.query = query;
    }

    public static void main(String[] args) throws Exception {
        Crowd crowd = new Crowd(Integer.parseInt(args[0]), args[4] + "&ran=" + args[5]);
        crowd.run(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        System.out.println(crowd.summary(Path.of(args[5])));
        crowd.failures().forEach((how, count) -> System.err.println(count + " " + how));
        if (args.length > 6) {
            Files.writeString(Path.of(args[6]), crowd.columns(Integer.parseInt(args[3])));
        }
    }

    private void run(int clients, int pause, int seconds) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            String name = "c" + i;
            int first = pause * i / clients;
            threads.add(new Thread(() -> ask(name, first, pause, seconds)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private double now() {
        return (System.nanoTime() - start) / 1e9;
    }

    private void ask(String name, int first, int pause, int seconds) {
        try {
            Thread.sleep(first);
            for (int i = 0; now() < seconds; i++) {
                double began = now();
                String[] end = once(i % 2 == 1, name + "-" + i);
                endings.add(new Ending(now(), i % 2 == 1, end[0], end[1].equals("cut short"), end[1], (now() - began) * 1000));
                // In a hurry after a failure it would count failures and nothing else.
                Thread.sleep(end[0] == null ? Math.max(pause, 20) : pause);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who has answered, or null; and what went wrong. */
    private String[] once(boolean post, String id) {
        StringBuilder text = new StringBuilder();
        Answer answer = new Answer(Answer.text(text));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LIMIT_MS);
            String head = (post ? "POST" : "GET") + " /fault.php?" + query + "&id=" + id + " HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n"
                    + (post ? "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\nx=1" : "\r\n");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] bytes = BUFFER.clone();
            while (!answer.complete) {
                int size = in.read(bytes);
                if (size < 0) {
                    answer.closed();
                    break;
                }
                answer.take(bytes, size);
            }
        } catch (IOException broken) {
            return new String[] {null, answer.status == 0 ? broken.getMessage() : "broken off"};
        }
        if (answer.status != 200) {
            return new String[] {null, answer.status == 0 ? "closed" : String.valueOf(answer.status)};
        }
        String last = text.substring(text.lastIndexOf("x") + 1);
        boolean whole = last.endsWith(" " + id) && (!query.contains("halves") || text.length() == 40_000 + last.length());
        if (!answer.complete || !whole) {
            return new String[] {null, answer.complete ? "cut short" : "broken off"};
        }
        return new String[] {last.split(" ")[0], "answered"};
    }

    private long count(Predicate<Ending> of) {
        return endings.stream().filter(of).count();
    }

    /** In seconds. */
    private double longest(Predicate<Ending> of) {
        return endings.stream().filter(of).mapToDouble(Ending::ms).max().orElse(0) / 1000;
    }

    private String summary(Path ran) throws IOException {
        Set<String> seen = new HashSet<>();
        long twice = 0;
        for (String id : Files.exists(ran) ? Files.readAllLines(ran) : List.<String>of()) {
            boolean post = Integer.parseInt(id.substring(id.indexOf('-') + 1)) % 2 == 1;
            twice += !seen.add(id) && post ? 1 : 0;
        }
        return count(end -> end.by() != null) + "\t" + count(end -> end.by() == null && !end.post()) + "\t"
                + count(end -> end.by() == null && end.post()) + "\t" + twice + "\t" + count(Ending::cut) + "\t"
                + String.format("%.1f\t%.1f", longest(end -> !end.post()), longest(Ending::post));
    }

    private Map<String, Long> failures() {
        Map<String, Long> how = new TreeMap<>();
        endings.stream().filter(end -> end.by() == null).forEach(end -> how.merge((end.post() ? "POST " : "GET ") + end.how(), 1L, Long::sum));
        return how;
    }

    /** For Plot: what ended in each second. */
    private String columns(int seconds) {
        Set<String> names = new TreeSet<>();
        endings.stream().filter(end -> end.by() != null).forEach(end -> names.add(end.by()));
        StringBuilder text = new StringBuilder("seconds");
        names.forEach(name -> text.append("\tanswered in a second by: ").append(name));
        text.append("\tfailed in a second: GET\tfailed in a second: POST\tlongest time until an end in that second, s: GET\tlongest time until an end in that second, s: POST\n");
        for (int i = 0; i < seconds; i++) {
            int second = i;
            text.append(second);
            names.forEach(name -> text.append('\t').append(count(end -> (int) end.second() == second && name.equals(end.by()))));
            text.append('\t').append(count(end -> (int) end.second() == second && end.by() == null && !end.post()));
            text.append('\t').append(count(end -> (int) end.second() == second && end.by() == null && end.post()));
            Predicate<Ending> now = end -> (int) end.second() == second;
            text.append(String.format("\t%.3f", longest(now.and(end -> !end.post())))).append(String.format("\t%.3f\n", longest(now.and(Ending::post))));
        }
        return text.toString();
    }
}
