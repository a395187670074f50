package org.jettyphp.htaccess;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * Percent-encoding of UTF-8. Apache writes small letters in what it sends to a client, or puts together of what one has sent; RFC 3986 section
 * 2.1 wants large ones.
 *
 * @param plain what stays as it is, beside letters and digits of ASCII
 */
public record UrlEscape(String plain, HexFormat hex) {

    private static final HexFormat APACHES = HexFormat.of();

    /** Apache's {@code ap_escape_uri}. */
    private static final UrlEscape PATH = new UrlEscape("$-_.+!*'(),:;@&=/~", APACHES);

    private static final UrlEscape REFERENCE = new UrlEscape("_", APACHES);

    static String path(String text) {
        return PATH.of(text);
    }

    /** Everything that means something in a URL: the flag B. */
    static String reference(String text, boolean spaceIsPlus) {
        String escaped = REFERENCE.of(text);
        return spaceIsPlus ? escaped.replace("%20", "+") : escaped;
    }

    /** Encodes what does not stay as it is. */
    public String of(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (byte octet : text.getBytes(UTF_8)) {
            if (octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z' || octet >= '0' && octet <= '9' || plain.indexOf(octet) >= 0) {
                escaped.append((char) octet);
            } else {
                hex.toHexDigits(escaped.append('%'), octet);
            }
        }
        return escaped.toString();
    }

    /** What no header and no query may have: blanks, controls, and, where {@code ascii}, bytes beyond ASCII. */
    static String controls(String text, boolean ascii) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = c <= ' ' || c == 0x7F;
            if (control || c > 0x7F && (ascii || c <= 0x9F)) {
                int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
                for (byte octet : text.substring(i, end).getBytes(UTF_8)) {
                    APACHES.toHexDigits(escaped.append('%'), octet);
                }
                i = end - 1;
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
