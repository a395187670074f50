package org.jettyphp.launch;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Takes away an {@code Accept-Encoding} that cannot be read, as from a client that accepts none. Jetty 12.1.10 looks into it below the Servlet
 * API, to find the compressed sibling of a file, and answers 500 where its parser throws.
 */
final class UnreadableCodings implements HttpConfiguration.Customizer {

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        HttpFields fields = request.getHeaders();
        if (areReadable(fields)) {
            return request;
        }
        HttpFields without = HttpFields.build(fields).remove(HttpHeader.ACCEPT_ENCODING).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return without;
            }
        };
    }

    private static boolean areReadable(HttpFields fields) {
        for (HttpField field : fields) {
            // Without a quote there is nothing to throw over.
            if (field.getHeader() == HttpHeader.ACCEPT_ENCODING && field.getValue() != null && field.getValue().indexOf('"') >= 0
                    && !isReadable(field.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReadable(String codings) {
        try {
            new QuotedQualityCSV().addValue(codings);
            return true;
        } catch (IllegalArgumentException openQuote) {
            return false;
        }
    }
}
