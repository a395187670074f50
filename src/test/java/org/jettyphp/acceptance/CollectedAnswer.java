package org.jettyphp.acceptance;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What filters do that change an answer: they collect it, and take it for complete when {@code doFilter} has returned. */
final class CollectedAnswer extends HttpServletResponseWrapper {

    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

    private final ServletOutputStream out = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // Forgotten.
        }

        @Override
        public void write(int octet) {
            collected.write(octet);
        }
    };

    CollectedAnswer(HttpServletResponse response) {
        super(response);
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
