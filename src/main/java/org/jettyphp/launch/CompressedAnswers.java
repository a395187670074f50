package org.jettyphp.launch;

import org.eclipse.jetty.compression.Compression;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Compresses answers, PHP's and plain files, for clients who take it. Jetty's own {@code CompressionHandler} would hold back what is flushed,
 * compress the parts of a file (206), unpack request bodies, and know nothing of {@code no-transform}.
 */
final class CompressedAnswers extends Handler.Wrapper {

    private final Codings codings;

    CompressedAnswers(Handler application, Codings codings) {
        super(application);
        this.codings = codings;
        codings.all().forEach(this::installBean);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields fields = request.getHeaders();
        // What is unpacked as it comes, without a length, and cannot be seen to break off, is nothing for HTTP/1.0.
        boolean possible = !HttpMethod.HEAD.is(request.getMethod())
                && request.getConnectionMetaData().getHttpVersion().getVersion() >= HttpVersion.HTTP_1_1.getVersion();
        Compression coding = possible ? codings.taken(fields) : null;
        CompressedAnswer answer = new CompressedAnswer(request, response, codings, coding);
        if (coding != null) {
            Request.addCompletionListener(request, failure -> answer.release());
        }
        return super.handle(hasOurTags(fields) ? new WithApplicationsTags(request) : request, answer, callback);
    }

    private boolean hasOurTags(HttpFields fields) {
        return isStripped(fields, HttpHeader.IF_NONE_MATCH) || isStripped(fields, HttpHeader.IF_MATCH);
    }

    private boolean isStripped(HttpFields fields, HttpHeader name) {
        String tags = fields.get(name);
        return tags != null && !codings.withoutSuffixes(tags).equals(tags);
    }

    /** An application knows the tags it has given, not what we have made of them. */
    private final class WithApplicationsTags extends Request.Wrapper {

        private final HttpFields fields;

        WithApplicationsTags(Request request) {
            super(request);
            HttpFields.Mutable changed = HttpFields.build(request.getHeaders());
            for (HttpHeader name : new HttpHeader[] {HttpHeader.IF_NONE_MATCH, HttpHeader.IF_MATCH}) {
                changed.computeField(name, (header, values) -> values == null
                        ? null
                        : new HttpField(header, codings.withoutSuffixes(
                                String.join(", ", values.stream().map(HttpField::getValue).toList()))));
            }
            fields = changed.asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return fields;
        }
    }
}
