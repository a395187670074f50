package org.jettyphp.launch;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An answer that is noted while it goes out, if it may be remembered. */
final class NotedAnswer extends Response.Wrapper {

    private static final Set<HttpHeader> NOT_OWN = EnumSet.of(HttpHeader.CONNECTION, HttpHeader.TRANSFER_ENCODING, HttpHeader.DATE);

    private final List<HttpField> before;
    private final long asked;
    private final Consumer<RememberedAnswer> whenWhole;
    private boolean begun;
    private int status;
    private List<HttpField> fields = List.of();
    private RememberedFiles.@Nullable Source source;
    private ByteBuffer body = BufferUtil.EMPTY_BUFFER;

    /** @param asked {@code nanoTime} of now */
    NotedAnswer(Request request, Response response, long asked, Consumer<RememberedAnswer> whenWhole) {
        super(request, response);
        // No view of theirs: Jetty (12.1.10, MutableHttpFields.add) would make their array half as long again with each answer of a connection.
        this.before = response.getHeaders().stream().toList();
        this.asked = asked;
        this.whenWhole = whenWhole;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        if (!begun) {
            begun = true;
            begin();
        }
        RememberedFiles.Source from = source;
        if (from != null) {
            note(content);
        }
        if (last && from != null && source != null) {
            whenWhole.accept(new RememberedAnswer(from, asked, status, fields, body.flip().asReadOnlyBuffer(),
                    getRequest().getAttribute(Sites.ATTRIBUTE)));
            source = null;
        }
        super.write(last, content, callback);
    }

    private void begin() {
        status = getStatus() == 0 ? HttpStatus.OK_200 : getStatus();
        boolean wanted = status == HttpStatus.OK_200 || status == HttpStatus.PARTIAL_CONTENT_206 || status == HttpStatus.NOT_MODIFIED_304;
        if (wanted && getRequest().getAttribute(RememberedFiles.SOURCE) instanceof RememberedFiles.Source known) {
            source = known;
            fields = getHeaders().stream().filter(field -> isOwn(field))
                    .<HttpField>map(field -> new PreEncodedHttpField(field.getHeader(), field.getName(), field.getValue())).toList();
        }
    }

    /** Not the moment's, nor the connection's. */
    private boolean isOwn(HttpField field) {
        return !NOT_OWN.contains(field.getHeader()) && !before.contains(field);
    }

    private void note(@Nullable ByteBuffer content) {
        int more = BufferUtil.length(content);
        if (body.position() + more > RememberedFiles.LARGEST) {
            source = null;
            body = BufferUtil.EMPTY_BUFFER;
        } else if (content != null && more > 0) {
            if (body.remaining() < more) {
                body = ByteBuffer.allocate(body.position() + more).put(body.flip());
            }
            body.put(content.slice());
        }
    }
}
