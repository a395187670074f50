package org.jettyphp.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;

/**
 * What came on a stream.
 *
 * @param status 0 if there was no head
 * @param body as Latin-1 so that no byte is lost
 * @param clean whether it ended by END_STREAM
 */
public record Http2Answer(int status, HttpFields fields, String body, boolean clean) {

    private static final int LARGEST_HEAD = 1024 * 1024;

    /**
     * Reads until the stream or the connection ends.
     *
     * @throws HpackException at upper case, at fields of a connection and at pseudo-fields that do not belong there
     */
    public static Http2Answer read(RawHttp2 http, int stream) throws IOException, HpackException {
        // RawHttp2 lets the server have no dynamic table, so that nothing is kept from one head to the next.
        HpackDecoder decoder = new HpackDecoder(LARGEST_HEAD, System::nanoTime);
        int status = 0;
        HttpFields fields = HttpFields.EMPTY;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            RawHttp2.Frame frame = http.next();
            if (frame.stream() == stream && frame.type() == RawHttp2.HEADERS) {
                MetaData.Response head = (MetaData.Response) decoder.decode(ByteBuffer.wrap(frame.payload()));
                status = head.getStatus();
                fields = head.getHttpFields();
            } else if (frame.stream() == stream && frame.type() == RawHttp2.DATA) {
                body.write(frame.payload());
            }
            boolean clean = frame.stream() == stream && frame.endsStream();
            if (clean || frame.stream() == stream && frame.type() == RawHttp2.RST_STREAM || frame.type() == RawHttp2.GOAWAY) {
                return new Http2Answer(status, fields, body.toString(StandardCharsets.ISO_8859_1), clean);
            }
        }
    }
}
