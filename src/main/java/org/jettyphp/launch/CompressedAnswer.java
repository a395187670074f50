package org.jettyphp.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.compression.Compression;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An answer of which the first write decides whether it is compressed. */
final class CompressedAnswer extends Response.Wrapper {

    /** Fits into one packet with its head anyway. */
    static final int SMALL = 256;

    private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());

    /** What a coding would turn into a lie: RFC 9530, and its forerunners. */
    private static final List<String> DIGESTS = List.of("Content-Digest", "Repr-Digest", "Digest", "Content-MD5");

    private final Codings codings;
    private final @Nullable Compression coding;
    private boolean decided;
    private volatile @Nullable EncodedBody encoded;

    /** With the coding that the client takes, or null; {@code request} is as it came. */
    CompressedAnswer(Request request, Response response, Codings codings, @Nullable Compression coding) {
        super(request, response);
        this.codings = codings;
        this.coding = coding;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        if (!decided) {
            decided = true;
            try {
                decide(last, BufferUtil.length(content));
            } catch (IOException failed) {
                callback.failed(failed);
                return;
            }
        }
        EncodedBody body = encoded;
        if (body != null) {
            body.write(last, content, callback);
        } else {
            super.write(last, content, callback);
        }
    }

    private void decide(boolean last, int size) throws IOException {
        HttpFields.Mutable headers = getHeaders();
        if (getStatus() == HttpStatus.NOT_MODIFIED_304) {
            returnTag(headers);
            return;
        }
        if (!hasBodyOfItsOwn(getStatus()) || !CompressibleTypes.contains(headers) || isAsItIs(headers)
                || length(headers, last, size) < SMALL) {
            return;
        }
        headers.ensureField(VARY);
        if (coding != null && (size > 0 || !last)) {
            encode(coding, headers, last && size <= EncodedBody.PIECE);
        }
    }

    private void encode(Compression by, HttpFields.Mutable headers, boolean inOnePiece) throws IOException {
        encoded = new EncodedBody(by, getWrapped());
        headers.put(by.getContentEncodingField());
        headers.remove(HttpHeader.CONTENT_LENGTH);
        // Whoever has a part of this would put one of the plain file behind it.
        headers.remove(HttpHeader.ACCEPT_RANGES);
        headers.computeField(HttpHeader.ETAG, (header, tags) -> tags == null || tags.isEmpty()
                ? null
                : new HttpField(header, by.etag(tags.get(0).getValue())));
        if (!inOnePiece && getRequest().getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1) {
            // Else a client that wants the connection closed could not tell a broken answer from a whole one.
            headers.put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED);
        }
    }

    /** RFC 9110, section 15.4.5: the tag that 200 would have had, which the application does not know. */
    private void returnTag(HttpFields.Mutable headers) {
        String given = headers.get(HttpHeader.ETAG);
        String asked = getRequest().getHeaders().get(HttpHeader.IF_NONE_MATCH);
        if (given == null || given.isEmpty() || asked == null) {
            return;
        }
        codings.all().stream().map(by -> by.etag(given)).filter(asked::contains).findFirst().ifPresent(tag -> {
            headers.put(HttpHeader.ETAG, tag);
            headers.ensureField(VARY);
        });
    }

    /** The request has ended, however it did: an encoder holds memory outside the heap. */
    void release() {
        EncodedBody body = encoded;
        if (body != null) {
            body.release();
        }
    }

    /** Redirections have next to nothing to say. */
    private static boolean hasBodyOfItsOwn(int status) {
        boolean success = status == 0 || status == HttpStatus.OK_200
                || HttpStatus.isSuccess(status) && status < HttpStatus.NO_CONTENT_204 || status == HttpStatus.MULTI_STATUS_207;
        return success || status >= HttpStatus.BAD_REQUEST_400;
    }

    private static boolean isAsItIs(HttpFields headers) {
        for (HttpField field : headers) {
            if (field.getHeader() == HttpHeader.CONTENT_ENCODING || mentionsNoTransform(field) || isDigest(field)) {
                return true;
            }
        }
        return false;
    }

    /** A list with an open quote, which Jetty's parser refuses, is still the application's own. */
    private static boolean mentionsNoTransform(HttpField field) {
        return field.getHeader() == HttpHeader.CACHE_CONTROL && field.getValue() != null
                && field.getValue().toLowerCase(Locale.ROOT).contains("no-transform");
    }

    private static boolean isDigest(HttpField field) {
        for (String digest : DIGESTS) {
            if (digest.equalsIgnoreCase(field.getName())) {
                return true;
            }
        }
        return false;
    }

    /** As far as it is known. */
    private long length(HttpFields headers, boolean last, int size) {
        long announced = headers.getLongField(HttpHeader.CONTENT_LENGTH);
        if (announced >= 0) {
            return announced;
        }
        return last ? size : Long.MAX_VALUE;
    }
}
