package org.jettyphp.script;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import org.jettyphp.htaccess.UrlEscape;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Percent-encoding (RFC 3986 section 2.1) of UTF-8, read strictly: overlong forms, surrogates and lone bytes are refused and not replaced,
 * since a replaced byte would name another file.
 */
final class PercentCode {

    /** What a path segment and a query may both carry stays as it is, less {@code & + ; =}, which separate in one of them. */
    private static final UrlEscape ESCAPE = new UrlEscape("-._~!$'()*,:@/", HexFormat.of().withUpperCase());

    private PercentCode() {}

    /**
     * Decodes once: {@code %2541} becomes {@code %41}.
     *
     * @throws UnusablePathException if it is not well-formed, or holds a control character when decoded
     */
    static String decode(String raw) {
        String decoded = isPlain(raw) ? raw : utf8(bytes(raw));
        refuseControls(decoded);
        return decoded;
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' || c >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** A container may already have decoded raw bytes above 127; they count as what they were in UTF-8. */
    private static ByteBuffer bytes(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 3);
        CharsetEncoder encoder = UTF_8.newEncoder();
        for (int i = 0, end; i < raw.length(); i = end) {
            if (raw.charAt(i) == '%') {
                end = i + 3;
                bytes.put(escaped(raw, i));
            } else {
                int next = raw.indexOf('%', i);
                end = next < 0 ? raw.length() : next;
                if (raw.indexOf('\uFFFD', i) >= i && raw.indexOf('\uFFFD', i) < end
                        || encoder.reset().encode(CharBuffer.wrap(raw, i, end), bytes, true).isError()) {
                    throw new UnusablePathException("the path held bytes that are not UTF-8");
                }
            }
        }
        return bytes.flip();
    }

    private static byte escaped(String raw, int at) {
        int high = at + 2 < raw.length() ? digit(raw.charAt(at + 1)) : -1;
        int low = at + 2 < raw.length() ? digit(raw.charAt(at + 2)) : -1;
        if (high < 0 || low < 0) {
            throw new UnusablePathException("the path has a % without two hexadecimal digits behind it");
        }
        return (byte) (high << 4 | low);
    }

    /** {@link Character#digit} would take the digits of all scripts. */
    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static String utf8(ByteBuffer bytes) {
        CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return decoder.decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw new UnusablePathException("the path is not UTF-8 when decoded");
        }
    }

    /**
     * CVE-2019-11043 was a line feed in PATH_INFO; NUL ends names in C; the line ends beyond ASCII are what {@code $} of regular
     * expressions matches before.
     */
    private static void refuseControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F && c <= 0x9F || c == '\u2028' || c == '\u2029') {
                throw new UnusablePathException(String.format("the path has the control character U+%04X", (int) c));
            }
        }
    }

    /** Encodes for a path or for a value in a query; slashes stay. */
    static String encode(String text) {
        return ESCAPE.of(text);
    }
}
