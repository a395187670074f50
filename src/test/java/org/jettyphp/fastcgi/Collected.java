package org.jettyphp.fastcgi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A sink that keeps all it is given. */
final class Collected implements ResponseSink {

    final ByteArrayOutputStream output = new ByteArrayOutputStream();
    final ByteArrayOutputStream error = new ByteArrayOutputStream();

    private static void add(ByteBuffer bytes, ByteArrayOutputStream to) {
        while (bytes.hasRemaining()) {
            to.write(bytes.get());
        }
    }

    @Override
    public void output(ByteBuffer bytes) {
        add(bytes, output);
    }

    @Override
    public void error(ByteBuffer bytes) {
        add(bytes, error);
    }

    @Override
    public void pause() {}
}
