import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;

/** Some seconds of small requests, pages in many records and uploads, so that a JVM has compiled what is measured then. */
final class WarmUp {

    private static final byte[] UPLOAD = new byte[200_000];

    private WarmUp() {}

    public static void main(String[] args) throws IOException {
        String server = "http://127.0.0.1:" + args[0];
        for (long until = System.currentTimeMillis() + 1000L * Integer.parseInt(args[1]); System.currentTimeMillis() < until;) {
            ask(new URL(server + "/hello.php"), false);
            ask(new URL(server + "/records.php"), false);
            ask(new URL(server + "/large.php"), false);
            ask(new URL(server + "/upload.php"), true);
        }
    }

    private static void ask(URL url, boolean uploading) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setReadTimeout(2_000);
        if (uploading) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/octet-stream");
        }
        try {
            if (uploading) {
                connection.getOutputStream().write(UPLOAD);
            }
            connection.getInputStream().readAllBytes();
        } catch (IOException failed) {
            // Not every front end can do everything; that is for the scenario to show.
            connection.disconnect();
        }
    }
}
