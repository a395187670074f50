package org.jettyphp.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.compression.Compression;
import org.eclipse.jetty.compression.EncoderSink;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way through an encoder. Whatever is written is flushed through, as it comes from an application that flushes or in pieces of
 * 32 KiB; Jetty's own sinks keep it back, until the end (zstd) or until their buffers are full.
 */
final class EncodedBody extends EncoderSink {

    /** Of the input, before something is sent on: what waits for the client is bounded by it. */
    static final int PIECE = 64 * 1024;

    private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    private final OutputStream encoder;
    private boolean flushed;
    private boolean closed;

    EncodedBody(Compression coding, Content.Sink out) throws IOException {
        super(out);
        encoder = coding.newEncoderOutputStream(encoded);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        synchronized (this) {
            flushed = false;
        }
        super.write(last, content, callback);
    }

    @Override
    protected synchronized @Nullable WriteRecord encode(boolean last, ByteBuffer content) {
        if (flushed) {
            return null;
        }
        if (closed) {
            throw new IllegalStateException("The request has ended");
        }
        try {
            do {
                encodePiece(content);
            } while (content.hasRemaining() && encoded.size() == 0);
            flushed = !content.hasRemaining();
            if (flushed && last) {
                close();
            } else if (flushed) {
                encoder.flush();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        ByteBuffer piece = ByteBuffer.wrap(encoded.toByteArray());
        encoded.reset();
        return new WriteRecord(flushed && last, piece, Callback.NOOP);
    }

    private void encodePiece(ByteBuffer content) throws IOException {
        int size = Math.min(PIECE, content.remaining());
        if (content.hasArray()) {
            encoder.write(content.array(), content.arrayOffset() + content.position(), size);
            content.position(content.position() + size);
        } else {
            byte[] copy = new byte[size];
            content.get(copy);
            encoder.write(copy, 0, size);
        }
    }

    @Override
    protected synchronized void release() {
        try {
            close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void close() throws IOException {
        if (!closed) {
            closed = true;
            encoder.close();
        }
    }
}
