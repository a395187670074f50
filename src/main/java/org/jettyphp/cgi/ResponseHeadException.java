package org.jettyphp.cgi;

import java.io.IOException;

/** PHP's output does not begin with a head that can be passed on: the client gets 502. The message says what was wrong. */
public class ResponseHeadException extends IOException {

    private static final long serialVersionUID = 1L;

    ResponseHeadException(String message) {
        super(message);
    }
}
