package org.jettyphp.example;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Sets the header when the body is about to be written, the last moment at which there can be one. An asynchronous answer comes long after
 * {@code doFilter} has returned, so the filter itself would be too early.
 */
final class TimedResponse extends HttpServletResponseWrapper {

    private final long started;

    /** @param started {@link System#nanoTime()} when the request came */
    TimedResponse(HttpServletResponse response, long started) {
        super(response);
        this.started = started;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        stopTheClock();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        stopTheClock();
        return super.getWriter();
    }

    private void stopTheClock() {
        if (!isCommitted() && !containsHeader("Server-Timing")) {
            double milliseconds = (System.nanoTime() - started) / 1e6;
            addHeader("Server-Timing", String.format(Locale.ROOT, "answer;dur=%.1f", milliseconds));
        }
    }
}
