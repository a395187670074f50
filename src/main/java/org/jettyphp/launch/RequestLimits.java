package org.jettyphp.launch;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses a request whose head is within what Jetty reads and beyond what is allowed, and ends a connection after its last request. */
final class RequestLimits implements HttpConfiguration.Customizer {

    /** RFC 9113, section 6.5.2: what a field counts beyond its name and value. */
    private static final int FIELD_OVERHEAD = 32;

    private static final Logger LOG = LoggerFactory.getLogger(RequestLimits.class);

    private final LimitSettings limits;

    RequestLimits(LimitSettings limits) {
        this.limits = limits;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        Connection connection = request.getConnectionMetaData().getConnection();
        endAfterLast(connection, responseHeaders);
        String uri = request.getHttpURI().getPathQuery();
        int length = uri == null ? 0 : uri.length();
        if (length > limits.maxUri()) {
            throw refused(HttpStatus.URI_TOO_LONG_414, "the URI has " + length + " bytes, the limit is maxUri=" + limits.maxUri());
        }
        checkFields(request.getHeaders(), length, connection instanceof HTTP2Connection);
        return request;
    }

    private void endAfterLast(Connection connection, HttpFields.Mutable responseHeaders) {
        if (limits.maxRequestsPerConnection() == 0 || connection.getMessagesIn() < limits.maxRequestsPerConnection()) {
            return;
        }
        if (connection instanceof HTTP2Connection http2) {
            var unused = http2.getSession().shutdown();
        } else {
            responseHeaders.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
    }

    private void checkFields(HttpFields fields, int uriLength, boolean http2) {
        int count = 0;
        long size = uriLength;
        boolean cookies = false;
        for (HttpField field : fields) {
            boolean cookie = field.getHeader() == HttpHeader.COOKIE;
            // RFC 9113, section 8.2.3: browsers send each cookie in a field of its own, and PHP gets one.
            count += cookie && cookies ? 0 : 1;
            cookies |= cookie;
            size += field.getName().length() + (field.getValue() == null ? 0 : field.getValue().length()) + FIELD_OVERHEAD;
        }
        if (limits.maxRequestFields() > 0 && count > limits.maxRequestFields()) {
            throw tooLarge("the request has " + count + " header fields, the limit is maxRequestFields=" + limits.maxRequestFields());
        }
        if (http2 && size > limits.maxRequestHead()) {
            throw tooLarge("the head of the request has " + size + " bytes, the limit is maxRequestHead=" + limits.maxRequestHead());
        }
    }

    private static HttpException.RuntimeException tooLarge(String reason) {
        return refused(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, reason);
    }

    private static HttpException.RuntimeException refused(int status, String reason) {
        LOG.info("{}: {}", status, reason);
        return new HttpException.RuntimeException(status, reason);
    }
}
