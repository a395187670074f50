package org.jettyphp.launch;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jettyphp.servlet.PhpApplication;
import org.jettyphp.setting.IpText;
import org.jspecify.annotations.Nullable;

/** The combined format of Apache and nginx, and behind it where the time went. */
final class AccessLog {

    static final String FORMAT = CustomRequestLog.EXTENDED_NCSA_FORMAT
            + " queue=%{org.jettyphp.queueMillis}attr fpm=%{org.jettyphp.fpmMillis}attr total=%{ms}T id=%{org.jettyphp.requestId}attr";

    private static final String SITE = " site=%{" + Sites.ATTRIBUTE + "}attr";

    private AccessLog() {}

    /** As the settings of the server say, and those of a site that says something else. Null if nobody has one. */
    static @Nullable RequestLog of(Served served) throws IOException {
        ServerSettings server = served.settings().get(ServerSettings.class);
        String format = served.hasSeveral() ? FORMAT + SITE : FORMAT;
        RequestLog usual = server.logsAccess() ? to(server.accessLog(), format) : null;
        Map<String, RequestLog> own = new HashMap<>();
        for (Site site : served.sites()) {
            ServerSettings settings = site.settings().get(ServerSettings.class);
            if (!settings.accessLog().equals(server.accessLog())) {
                own.put(site.toString(), settings.logsAccess() ? ofSite(site, settings.accessLog(), format) : (request, response) -> {});
            }
        }
        return own.isEmpty() ? usual : (request, response) -> {
            RequestLog log = own.getOrDefault(String.valueOf(request.getAttribute(Sites.ATTRIBUTE)), usual);
            if (log != null) {
                log.log(request, response);
            }
        };
    }

    private static RequestLog ofSite(Site site, String place, String format) throws IOException {
        try {
            return to(place, format);
        } catch (FileNotFoundException failed) {
            throw new IOException(site + ": accessLog=" + place + " cannot be written: " + failed.getMessage()
                    + "; name another file in " + site.file() + ", or - or off");
        }
    }

    /** Writes to the file, or to standard output for "-". */
    private static RequestLog to(String place, String format) throws IOException {
        Writer writer = place.equals("-")
                ? new OutputStreamWriter(System.out, StandardCharsets.UTF_8)
                : new OutputStreamWriter(new FileOutputStream(place, true), StandardCharsets.UTF_8);
        PrintWriter lines = new PrintWriter(writer, true);
        return new Combined(lines, format);
    }

    /** Jetty puts a format together from method handles, which takes a new JVM 40 ms: done when the first answer has gone out. */
    private static final class Combined implements RequestLog {

        private final PrintWriter lines;
        private final String format;
        private volatile @Nullable RequestLog writing;

        Combined(PrintWriter lines, String format) {
            this.lines = lines;
            this.format = format;
        }

        @Override
        public void log(Request request, Response response) {
            writing().log(request, shown(request, response));
        }

        private RequestLog writing() {
            RequestLog made = writing;
            return made != null ? made : make();
        }

        private synchronized RequestLog make() {
            RequestLog made = writing;
            if (made == null) {
                made = new CustomRequestLog(line -> lines.println(withoutControls(withDashes(withCommonAddress(line)))), format);
                writing = made;
            }
            return made;
        }
    }

    /** A client who has left in the middle of an answer shows as 499, though the head of a 200 had gone out. */
    private static Response shown(Request request, Response response) {
        Object status = request.getAttribute(PhpApplication.STATUS_ATTRIBUTE);
        return status == null ? response : new Response.Wrapper(request, response) {
            @Override
            public int getStatus() {
                return Integer.parseInt(status.toString());
            }
        };
    }

    /** Jetty writes an IPv6 address in brackets and with all its zeros; what reads logs knows that of Apache and nginx, as PHP does. */
    static String withCommonAddress(String line) {
        int end = line.indexOf("] ") + 1;
        return line.startsWith("[") && end > 0 ? IpText.canonical(line.substring(0, end)) + line.substring(end) : line;
    }

    /** Jetty writes "" for a header that is not there, Apache and nginx "-". A quote of the client's own comes with a backslash. */
    static String withDashes(String line) {
        return line.replace(" \"\"", " \"-\"");
    }

    /**
     * A client's bytes from 0x80 on are characters here, and some of those move the cursor of a terminal or end a line to whoever reads it.
     * Written as Apache does; a tab too, since it may separate.
     */
    static String withoutControls(String line) {
        if (line.chars().noneMatch(AccessLog::isControl)) {
            return line;
        }
        StringBuilder clean = new StringBuilder(line.length() + 8);
        line.chars().forEach(c -> clean.append(isControl(c) ? String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c) : Character.toString(c)));
        return clean.toString();
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }
}
