package org.jettyphp.script;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict percent-coding of UTF-8. */
final class PercentCoding {

    private static final String UNESCAPED = "-._~!$&'()*+,=:@";

    private PercentCoding() {}

    static String decode(String raw) throws UnusablePathException {
        boolean plain = true;
        for (int i = 0; i < raw.length() && plain; i++) {
            char c = raw.charAt(i);
            plain = c > ' ' && c < 127 && c != '%';
        }
        return plain ? raw : decodeBytes(raw);
    }

    private static String decodeBytes(String raw) throws UnusablePathException {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 3);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.put(escaped(raw, i));
                i += 2;
            } else if (c < 128) {
                bytes.put((byte) c);
            } else {
                int end = i + (Character.isHighSurrogate(c) && i + 1 < raw.length() ? 2 : 1);
                bytes.put(raw.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        return withoutControls(utf8(bytes.flip()));
    }

    private static byte escaped(String raw, int at) throws UnusablePathException {
        int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
        int low = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0 || raw.charAt(at + 1) > 127 || raw.charAt(at + 2) > 127) {
            throw new UnusablePathException("the path has a % without two hexadecimal digits");
        }
        return (byte) (high << 4 | low);
    }

    private static String utf8(ByteBuffer bytes) throws UnusablePathException {
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw new UnusablePathException("the path is not UTF-8");
        }
    }

    /** CVE-2019-11043 was a line feed in PATH_INFO. */
    private static String withoutControls(String text) throws UnusablePathException {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 127) {
                throw new UnusablePathException("the path has a control character");
            }
        }
        return text;
    }

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || UNESCAPED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append("0123456789ABCDEF".charAt(c >> 4)).append("0123456789ABCDEF".charAt(c & 15));
            }
        }
        return encoded.toString();
    }
}
