package org.jettyphp.launch;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.hpack.HpackException;

/**
 * Sees to it that a connection of HTTP/2 forgets the fields of a malformed request. In Jetty 12.1.10 they stay in the array behind those of
 * the next request, which is searched beyond its end: a {@code Content-Length} is found there, and the next request, behind a reverse proxy
 * that of another client, is refused for want of a body. Whatever is decoded well gets a new array.
 */
final class ForgottenFields implements HTTP2Session.FrameListener {

    /** {@code :status: 200}, by its index in the static table (RFC 7541, section 6.1): no dynamic table is touched. */
    private static final byte[] WELL = {(byte) 0x88};

    @Override
    public void onIncomingFrame(Session session, Frame frame) {
        if (frame instanceof HeadersFrame head && head.getMetaData() instanceof MetaData.Failed && session instanceof HTTP2Session own) {
            try {
                own.getParser().getHpackDecoder().decode(ByteBuffer.wrap(WELL));
            } catch (HpackException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
