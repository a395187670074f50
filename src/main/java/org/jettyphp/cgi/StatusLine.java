package org.jettyphp.cgi;

import org.jspecify.annotations.Nullable;

/**
 * A status as PHP gives it.
 *
 * @param code from 200 to 999
 * @param reason the words after it; null: none that can be passed on
 */
record StatusLine(int code, @Nullable String reason) {

    static final StatusLine OK = new StatusLine(200, null);
    static final StatusLine FOUND = new StatusLine(302, null);

    /**
     * The value of a {@code Status} field: three digits and, as Apache and nginx read it, anything that does not go on with a digit.
     *
     * <p>Everything else ends the exchange with 502, as in nginx; Apache's 500 would blame the script in the client's eyes. So does an
     * interim status (1xx): PHP's answer is the only one, and both peers leave the client waiting for another.
     */
    static StatusLine ofCgi(String value) throws ResponseHeadException {
        boolean threeDigits = value.length() >= 3 && isDigit(value.charAt(0)) && isDigit(value.charAt(1)) && isDigit(value.charAt(2))
                && (value.length() == 3 || !isDigit(value.charAt(3)));
        int code = threeDigits ? Integer.parseInt(value.substring(0, 3)) : 0;
        if (code < 200) {
            throw new ResponseHeadException("PHP's status is " + Quoted.of(value) + "; it has to be a number from 200 to 999");
        }
        String reason = value.substring(3).strip();
        return new StatusLine(code, reason.isEmpty() || ValueBytes.firstControl(reason) >= 0 ? null : reason);
    }

    /** A line such as {@code HTTP/1.1 404 Not Found}. */
    static StatusLine ofHttp(String line) throws ResponseHeadException {
        int space = line.indexOf(' ');
        return ofCgi(space < 0 ? "" : line.substring(space).strip());
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
