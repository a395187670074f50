package org.jettyphp.cgi;

/** The head of PHP's answer is longer than {@code maxResponseHeader}: the client gets 502. */
public final class ResponseHeadTooLargeException extends ResponseHeadException {

    private static final long serialVersionUID = 1L;

    ResponseHeadTooLargeException(long maxBytes) {
        super("the head of PHP's answer has more than " + maxBytes + " bytes; raise maxResponseHeader if the script means it");
    }
}
