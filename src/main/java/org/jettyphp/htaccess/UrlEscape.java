package org.jettyphp.htaccess;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Percent-encoding as Apache does it in what it sends to a client, or puts together of what one has sent. */
final class UrlEscape {

    /** Apache's {@code ap_escape_uri}. */
    private static final String IN_PATH = "$-_.+!*'(),:;@&=/~";

    private static final String HEX = "0123456789abcdef";

    private UrlEscape() {}

    static String path(String text) {
        return escaped(text, IN_PATH);
    }

    /** Everything that means something in a URL: the flag B. */
    static String reference(String text, boolean spaceIsPlus) {
        String escaped = escaped(text, "_");
        return spaceIsPlus ? escaped.replace("%20", "+") : escaped;
    }

    private static String escaped(String text, String plain) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || plain.indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                appendEscaped(escaped, c);
            }
        }
        return escaped.toString();
    }

    /** What no header and no query may have: blanks, controls, and, where {@code ascii}, bytes beyond ASCII. */
    static String controls(String text, boolean ascii) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7F) {
                appendEscaped(escaped, c);
            } else if (c > 0x7F && (ascii || c <= 0x9F)) {
                int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
                for (byte b : text.substring(i, end).getBytes(UTF_8)) {
                    appendEscaped(escaped, (char) (b & 0xFF));
                }
                i = end - 1;
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static void appendEscaped(StringBuilder escaped, char octet) {
        escaped.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 15));
    }
}
