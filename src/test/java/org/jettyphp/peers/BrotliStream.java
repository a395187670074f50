package org.jettyphp.peers;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Gives what can be decoded as soon as it can; brotli4j's own stream (1.23.0) waits for more. */
final class BrotliStream extends InputStream {

    private final InputStream in;
    private final DecoderJNI.Wrapper decoder;
    private ByteBuffer decoded = ByteBuffer.allocate(0);

    BrotliStream(InputStream in) throws IOException {
        Brotli4jLoader.ensureAvailability();
        this.in = in;
        decoder = new DecoderJNI.Wrapper(16 * 1024);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (!decoded.hasRemaining()) {
            if (decoder.hasOutput()) {
                decoded = decoder.pull();
            } else if (decoder.getStatus() == DecoderJNI.Status.DONE) {
                return -1;
            } else {
                push();
            }
        }
        int size = Math.min(length, decoded.remaining());
        decoded.get(bytes, offset, size);
        return size;
    }

    private void push() throws IOException {
        if (decoder.getStatus() != DecoderJNI.Status.NEEDS_MORE_INPUT) {
            if (decoder.getStatus() == DecoderJNI.Status.ERROR) {
                throw new IOException("this is no brotli");
            }
            decoder.push(0);
            return;
        }
        byte[] more = new byte[decoder.getInputBuffer().capacity()];
        int size = in.read(more);
        if (size < 0) {
            throw new EOFException("brotli breaks off");
        }
        decoder.getInputBuffer().clear().put(more, 0, size);
        decoder.push(size);
    }

    @Override
    public void close() {
        decoder.destroy();
    }
}
