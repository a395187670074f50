package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.util.List;
import org.jettyphp.buffer.Spool;
import org.jettyphp.buffer.SpoolException;
import org.jettyphp.cgi.CgiRequest;
import org.jettyphp.cgi.CgiVariables;
import org.jettyphp.cgi.VariableRefusedException;
import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.fastcgi.RequestHead;
import org.jettyphp.htaccess.PhpValue;
import org.jettyphp.upstream.PhpRequest;

/**
 * A request for PHP, copied from the container's object while that is surely ours: later the client may leave, and the object be used again
 * for somebody else.
 *
 * @param php the ini values that are asked for its script alone
 * @param bodyExpected whether a body may follow
 */
record Call(PhpContext context, RequestLine line, CgiRequest cgi, List<PhpValue> php, boolean bodyExpected, HttpServletRequest request) {

    static Call of(PhpContext context, Dispatch dispatch, HttpServletRequest request) {
        CgiRequest cgi = new RequestSnapshot(dispatch, request).cgi();
        String id = RequestId.next();
        request.setAttribute(Timings.REQUEST_ID, id);
        RequestLine line = new RequestLine(context.site(), cgi.line().method(), cgi.line().rawUri(), cgi.script().filename(),
                request.getRemoteAddr(), id, new Timings());
        return new Call(context, line, cgi, dispatch.script().php(), bodyExpected(dispatch, request), request);
    }

    /** Whether a body may follow; only with what was asked for, not with what is included or shown for an error. */
    static boolean bodyExpected(Dispatch dispatch, HttpServletRequest request) {
        if (dispatch.type() == DispatcherType.INCLUDE || dispatch.type() == DispatcherType.ERROR) {
            return false;
        }
        if (request.getContentLengthLong() >= 0) {
            return request.getContentLengthLong() > 0;
        }
        // HTTP/2 needs no length for a body, with any method: only its frames tell whether one comes. Over HTTP/1.1 a client tells it; who
        // has unpacked a body in front of us (Jetty's CompressionHandler) has taken it away.
        return isOfUnknownLength(request) || !isUsuallyWithoutBody(request.getMethod());
    }

    /** Puts a body that a filter has consumed together again, and refuses one that is shorter than it was declared. */
    void checkWhole(Spool body) throws RequestUnusableException {
        long declared = bodyExpected ? request.getContentLengthLong() : -1;
        if (bodyExpected && body.length() == 0) {
            restoreConsumedForm(body, declared);
        } else if (body.length() < declared) {
            throw new RequestUnusableException(
                    Failure.badRequest("the request body ended after " + body.length() + " of " + declared + " bytes"));
        }
    }

    /** On its way, with a body that is complete or comes. */
    ProxiedRequest proxied(RequestBody body, Client client) throws RequestUnusableException {
        return new ProxiedRequest(context, context.upstreams().of(php), request(body), line, client);
    }

    /** What PHP is asked. */
    private PhpRequest request(RequestBody body) throws RequestUnusableException {
        try {
            CgiRequest complete = new CgiRequest(cgi.line(), cgi.script(), cgi.connection(), cgi.login(), cgi.tls(),
                    new CgiRequest.Body(contentLength(body), cgi.body().type()), cgi.headers(), cgi.attributes(), cgi.environment());
            return new PhpRequest(line, head(context.variables().of(complete)), body, isRepeatable(body), context.responseTimeout(path()));
        } catch (VariableRefusedException | IllegalArgumentException unusable) {
            throw new RequestUnusableException(Failure.badRequest(String.valueOf(unusable.getMessage())));
        }
    }

    private static RequestHead head(CgiVariables variables) {
        int room = 0;
        for (int i = 0; i < variables.size(); i++) {
            room += RequestHead.sizeOf(variables.name(i), variables.value(i));
        }
        RequestHead head = new RequestHead(room);
        variables.forEach(head::add);
        return head.finish();
    }

    /** -1 where none was announced and none came, with a method that usually has no body. */
    private long contentLength(RequestBody body) {
        boolean announced = request.getContentLengthLong() == 0 || bodyExpected && (request.getHeader("Transfer-Encoding") != null
                || isOfUnknownLength(request) && !isUsuallyWithoutBody(line.method()));
        return announced || body.length() > 0 ? body.length() : -1;
    }

    private static boolean isOfUnknownLength(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") != null || request.getProtocol().startsWith("HTTP/2");
    }

    private static boolean isUsuallyWithoutBody(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> false;
        };
    }

    /** The URL's path below the context, as it was sent. */
    private String path() {
        String uri = cgi.line().rawUri();
        String path = uri.indexOf('?') < 0 ? uri : uri.substring(0, uri.indexOf('?'));
        return path.startsWith(cgi.script().contextPath()) ? path.substring(cgi.script().contextPath().length()) : path;
    }

    private boolean isRepeatable(RequestBody body) {
        return body.length() == 0 && isUsuallyWithoutBody(line.method());
    }

    /** Of a body without a declared length nobody can tell whether it was empty or has been read; parameters can. */
    private void restoreConsumedForm(Spool body, long declared) throws RequestUnusableException {
        byte[] form = ConsumedForm.of(request);
        if (form.length == 0 && declared < 0) {
            return;
        }
        if (form.length == 0) {
            throw new RequestUnusableException(
                    Failure.badRequest("the request body did not come, or a filter in front of PHP has read it"));
        }
        context.warnOfConsumedForm();
        try {
            body.append(ByteBuffer.wrap(form));
        } catch (SpoolException full) {
            throw new RequestUnusableException(Failure.of(full));
        }
    }
}
