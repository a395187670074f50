package org.jettyphp.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A urlencoded form that somebody in front of us has read as parameters, put together again. */
final class ConsumedForm {

    private final HttpServletRequest request;
    private final HttpServletRequest sent;
    private final boolean dispatched;

    private ConsumedForm(HttpServletRequest request) {
        this.request = request;
        this.sent = sent(request);
        this.dispatched = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) != null
                || request.getAttribute(AsyncContext.ASYNC_REQUEST_URI) != null;
    }

    /** The body; empty if it was no form. */
    static byte[] of(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null || !type.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33)) {
            return new byte[0];
        }
        Charset charset = charset(request);
        ConsumedForm fields = new ConsumedForm(request);
        StringBuilder form = new StringBuilder();
        request.getParameterMap().forEach((name, values) -> {
            for (int i = fields.begin(name, values.length); i < values.length; i++) {
                form.append(form.length() == 0 ? "" : "&").append(URLEncoder.encode(name, charset)).append('=')
                        .append(URLEncoder.encode(values[i], charset));
            }
        });
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Where those of the form begin: the Servlet API gives the values of query strings first, of forwards too (Servlet 6.1, 3.1 and 9.1.1). */
    private int begin(String name, int size) {
        String[] sentValues = sent.getParameterMap().get(name);
        int inForm = sentValues == null ? 0 : sentValues.length - inQuery(sent, name);
        if (inForm > 0) {
            return Math.max(0, size - inForm);
        }
        return dispatched && sentValues != null ? size : inQueries(name);
    }

    /** Of what only a wrapper knows, which may have read a form that the container does not: one sent with PUT. */
    private int inQueries(String name) {
        return request == sent ? inQuery(request, name) : Math.max(inQuery(request, name), inQuery(sent, name));
    }

    private static int inQuery(HttpServletRequest of, String name) {
        String query = of.getQueryString();
        int count = 0;
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (!pair.isEmpty() && URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8).equals(name)) {
                count++;
            }
        }
        return count;
    }

    private static HttpServletRequest sent(HttpServletRequest request) {
        ServletRequest sent = request;
        while (sent instanceof ServletRequestWrapper wrapper) {
            sent = wrapper.getRequest();
        }
        return (HttpServletRequest) sent;
    }

    /** The one in which it was read: PHP is to have the bytes that were sent. */
    private static Charset charset(HttpServletRequest request) {
        try {
            String named = request.getCharacterEncoding();
            return named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
