package org.jettyphp.cgi;

import java.io.IOException;

/** PHP's head does not end within the limit. */
public final class ResponseHeadTooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    ResponseHeadTooLargeException(long limit) {
        super("the head of PHP's answer is larger than maxResponseHeader=" + limit + " bytes (very many or very long cookies?)");
    }
}
