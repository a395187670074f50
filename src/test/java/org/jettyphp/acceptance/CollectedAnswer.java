package org.jettyphp.acceptance;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What filters do that change an answer: they collect it, and take it for complete when {@code doFilter} has returned. */
final class CollectedAnswer extends HttpServletResponseWrapper {

    private final boolean handingOn;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

    private final ServletOutputStream out = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            if (handingOn) {
                try {
                    getResponse().getOutputStream().setWriteListener(listener);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            }
        }

        @Override
        public void write(int octet) {
            collected.write(octet);
        }
    };

    /** @param handingOn whether a listener is given to the container's stream, as by Spring's; otherwise it is forgotten */
    CollectedAnswer(HttpServletResponse response, boolean handingOn) {
        super(response);
        this.handingOn = handingOn;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return out;
    }

    @Override
    public void flushBuffer() {
        // Not before it is complete.
    }

    void sendReversed() throws IOException {
        byte[] all = collected.toByteArray();
        getResponse().setContentLength(all.length);
        for (int i = all.length; i-- > 0;) {
            getResponse().getOutputStream().write(all[i]);
        }
    }
}
