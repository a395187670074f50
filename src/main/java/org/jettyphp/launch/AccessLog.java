package org.jettyphp.launch;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jettyphp.servlet.PhpApplication;

/** The combined format of Apache and nginx, and behind it where the time went. */
final class AccessLog {

    static final String FORMAT = CustomRequestLog.EXTENDED_NCSA_FORMAT
            + " queue=%{org.jettyphp.queueMillis}attr fpm=%{org.jettyphp.fpmMillis}attr total=%{ms}T id=%{org.jettyphp.requestId}attr";

    private AccessLog() {}

    /** Writes to the file, or to standard output for "-". */
    static RequestLog to(String place) throws IOException {
        Writer writer = place.equals("-")
                ? new OutputStreamWriter(System.out, StandardCharsets.UTF_8)
                : new OutputStreamWriter(new FileOutputStream(place, true), StandardCharsets.UTF_8);
        PrintWriter lines = new PrintWriter(writer, true);
        RequestLog combined = new CustomRequestLog(line -> lines.println(withDashes(line)), FORMAT);
        return (request, response) -> combined.log(request, shown(request, response));
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

    /** Jetty writes "" for a header that is not there, Apache and nginx "-". A quote of the client's own comes with a backslash. */
    static String withDashes(String line) {
        return line.replace(" \"\"", " \"-\"");
    }
}
