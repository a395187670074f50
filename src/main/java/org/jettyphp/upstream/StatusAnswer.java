package org.jettyphp.upstream;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jettyphp.events.PoolStatus;

/**
 * Reads what php-fpm answers at its {@code pm.status_path} with the query {@code json&full}.
 *
 * <p>Workers are counted one by one: the sums that it gives are wrong for up to a second after each FCGI_GET_VALUES, which php-fpm counts as one
 * more active process (seen with 8.2.36).
 */
final class StatusAnswer {

    /** A member of an object, its value taken whole, so that nothing in it looks like one; or the bracket before the list of processes. */
    private static final Pattern MEMBER =
            Pattern.compile("\"([^\"]*+)\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(-?[0-9]+)|(\\[))");

    private static final int SHOWN = 60;

    private final Map<String, String> pool = new HashMap<>();
    private int active;
    private int idle;

    private StatusAnswer(String json) {
        Matcher member = MEMBER.matcher(json);
        boolean inProcesses = false;
        while (member.find()) {
            String name = member.group(1);
            String value = member.group(2) != null ? member.group(2) : member.group(3);
            if (value == null) {
                inProcesses = true;
            } else if (!inProcesses) {
                pool.put(name, value);
            } else if (name.equals("state")) {
                count(value);
            }
        }
    }

    private void count(String state) {
        if (state.equals("Idle")) {
            idle++;
        } else {
            active++;
        }
    }

    /**
     * Reads the whole output.
     *
     * @throws NoStatusException if it is something else
     */
    static PoolStatus read(String output) throws NoStatusException {
        StatusAnswer answer = new StatusAnswer(output);
        try {
            return new PoolStatus(answer.text("process manager"), answer.number("start time"), answer.active, answer.idle,
                    (int) answer.number("listen queue"), answer.number("slow requests"), answer.number("max children reached"));
        } catch (IllegalArgumentException missing) {
            int body = Math.max(0, output.indexOf("\r\n\r\n"));
            throw new NoStatusException(beginning(output.substring(body).strip()), missing);
        }
    }

    private String text(String name) {
        String value = pool.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }

    private long number(String name) {
        return Long.parseLong(text(name));
    }

    private static String beginning(String text) {
        String line = text.lines().findFirst().orElse("");
        String printable = line.substring(0, Math.min(SHOWN, line.length())).replaceAll("\\p{Cntrl}", "?");
        return "\"" + printable + (line.length() < text.length() || line.length() > SHOWN ? "..." : "") + "\"";
    }

    /** It answered, but not with its status; the message is the beginning of what it said. */
    static final class NoStatusException extends IOException {
        private static final long serialVersionUID = 1;

        NoStatusException(String said, Throwable cause) {
            super(said, cause);
        }
    }
}
