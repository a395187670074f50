package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A response whose writer somebody in front of PHP has taken, so that Tomcat refuses the stream, also after a forward has dropped what was
 * written. Jetty gives it.
 */
final class TakenWriter {

    private record Field(String name, String value) {}

    private TakenWriter() {}

    /** Makes the stream available; status and headers stay. If something has been sent already, the stream stays refused. */
    static void giveBack(HttpServletResponse response) throws IOException {
        try {
            response.getOutputStream();
        } catch (IllegalStateException writerTaken) {
            if (response.isCommitted()) {
                throw writerTaken;
            }
            reset(response);
        }
    }

    private static void reset(HttpServletResponse response) {
        int status = response.getStatus();
        List<Field> fields = new ArrayList<>();
        for (String name : response.getHeaderNames()) {
            response.getHeaders(name).forEach(value -> fields.add(new Field(name, value)));
        }
        response.reset();
        response.setStatus(status);
        fields.forEach(field -> response.addHeader(field.name(), field.value()));
    }
}
