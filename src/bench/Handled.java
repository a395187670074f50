import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests a second PHP-FPM answers, whoever asks: {@code Handled STATUS_SOCKET AFTER SECONDS}, counted for so many seconds, and after so
 * many from now.
 */
final class Handled {

    private static final Pattern COUNT = Pattern.compile("\"accepted conn\":(\\d+)");

    private Handled() {}

    public static void main(String[] arguments) throws Exception {
        UnixDomainSocketAddress status = UnixDomainSocketAddress.of(Path.of(arguments[0]));
        // The first answer takes longer: the process of the status page is started for it.
        handled(status);
        Thread.sleep(Integer.parseInt(arguments[1]) * 1000L);
        long from = System.nanoTime();
        long before = handled(status);
        Thread.sleep(Integer.parseInt(arguments[2]) * 1000L);
        long until = System.nanoTime();
        System.out.printf("%.0f%n", (handled(status) - before) * 1e9 / (until - from));
    }

    /** It counts requests, not connections, whatever its name. */
    private static long handled(UnixDomainSocketAddress status) throws IOException {
        String text = Fpm.ask(status, Fpm.question("SCRIPT_FILENAME", "/fpm-status", "SCRIPT_NAME", "/fpm-status", "REQUEST_URI", "/fpm-status?json",
                "REQUEST_METHOD", "GET", "QUERY_STRING", "json"));
        Matcher count = COUNT.matcher(text);
        if (!count.find()) {
            throw new IOException("no count in: " + text);
        }
        return Long.parseLong(count.group(1));
    }
}
