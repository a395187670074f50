import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

/** Some seconds of small requests, pages in many records and uploads, as many as it takes, so that a JVM has compiled what is measured then. */
final class WarmUp {

    private static final byte[] UPLOAD = new byte[200_000];
    private static final int CLIENTS = 16;
    private static final int SMALL_ONES = 50;

    private WarmUp() {}

    public static void main(String[] args) throws InterruptedException {
        String server = "http://127.0.0.1:" + args[0];
        long until = System.currentTimeMillis() + 1000L * Integer.parseInt(args[1]);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> askUntil(until, server, args.length > 2));
            clients.add(client);
            client.start();
        }
        for (Thread client : clients) {
            client.join();
        }
    }

    private static void askUntil(long until, String server, boolean smallOnly) {
        while (System.currentTimeMillis() < until) {
            for (int i = 0; i < SMALL_ONES; i++) {
                ask(server + "/hello.php", false);
            }
            if (smallOnly) {
                continue;
            }
            ask(server + "/records.php", false);
            ask(server + "/large.php", false);
            ask(server + "/upload.php", true);
        }
    }

    private static void ask(String url, boolean uploading) {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
            connection.setReadTimeout(2_000);
            if (uploading) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/octet-stream");
                connection.getOutputStream().write(UPLOAD);
            }
            connection.getInputStream().readAllBytes();
        } catch (IOException failed) {
            // Not every front end can do everything; that is for the scenario to show.
        }
    }
}
