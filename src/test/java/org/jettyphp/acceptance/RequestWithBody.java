package org.jettyphp.acceptance;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** What filters do that look into a body: they read it, and give it again, by a stream that knows no listeners. */
final class RequestWithBody extends HttpServletRequestWrapper {

    private final byte[] body;
    private final boolean throwing;

    RequestWithBody(HttpServletRequest request, boolean throwing) throws IOException {
        super(request);
        this.body = request.getInputStream().readAllBytes();
        this.throwing = throwing;
    }

    @Override
    public ServletInputStream getInputStream() {
        ByteArrayInputStream again = new ByteArrayInputStream(body);
        return new ServletInputStream() {
            @Override
            public boolean isFinished() {
                return again.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                if (throwing) {
                    throw new UnsupportedOperationException();
                }
            }

            @Override
            public int read() {
                return again.read();
            }
        };
    }
}
