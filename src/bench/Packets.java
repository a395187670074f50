import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In how many pieces a page comes: TCP segments with data (as the kernel counts them), chunks, and reads of the client. */
final class Packets {

    private static final int ROUNDS = 41;
    private static final Pattern SEGMENTS = Pattern.compile("data_segs_in:(\\d+)");

    private Packets() {}

    public static void main(String[] args) throws Exception {
        System.out.println(page(Integer.parseInt(args[0]), "/records.php") + "\t" + page(Integer.parseInt(args[0]), "/large.php"));
    }

    private static String page(int port, String path) throws IOException {
        long[] segments = new long[ROUNDS];
        long[] chunks = new long[ROUNDS];
        long[] reads = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            Answer answer = new Answer((bytes, from, to) -> {});
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n").getBytes());
                byte[] buffer = new byte[256 * 1024];
                for (int size = 0; size >= 0 && !answer.complete; reads[i]++) {
                    size = socket.getInputStream().read(buffer);
                    answer.take(buffer, Math.max(0, size));
                }
                segments[i] = segments(socket.getLocalPort());
            } catch (IOException failed) {
                return "failed\t-\t-";
            }
            chunks[i] = answer.chunks;
        }
        return median(segments) + "\t" + median(chunks) + "\t" + median(reads);
    }

    /** The kernel knows what no reader sees. */
    private static long segments(int clientPort) throws IOException {
        Process asked = new ProcessBuilder("ss", "-tinH", "sport = :" + clientPort).start();
        Matcher found = SEGMENTS.matcher(new String(asked.getInputStream().readAllBytes()));
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
