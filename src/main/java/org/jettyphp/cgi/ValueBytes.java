package org.jettyphp.cgi;

import java.nio.charset.StandardCharsets;

/**
 * Text to the bytes of a variable's value. Control characters are refused everywhere: a LF in a value that reaches {@code PHP_VALUE},
 * a NUL in a path or a CR in something that PHP echoes as a header each have been the way in of an attack.
 */
final class ValueBytes {

    private ValueBytes() {}

    /**
     * A header's value: the bytes received, which the container shows as ISO-8859-1. Only where it has decoded more than that
     * (a char above 255) is the value sent as UTF-8. A tab is legal there (RFC 9110, section 5.5).
     */
    static byte[] ofHeader(String variable, String value) throws VariableRefusedException {
        boolean latin1 = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isControl(c) && c != '\t') {
                throw control(variable, c, i);
            }
            latin1 &= c <= 0xFF;
        }
        return latin1 ? value.getBytes(StandardCharsets.ISO_8859_1) : utf8(variable, value);
    }

    /** A path, a name, an address: UTF-8. A lone surrogate is refused: encoding it would name another file. */
    static byte[] ofText(String variable, String value) throws VariableRefusedException {
        for (int i = 0; i < value.length(); i++) {
            if (isControl(value.charAt(i))) {
                throw control(variable, value.charAt(i), i);
            }
        }
        return utf8(variable, value);
    }

    /** Where the first control character stands; -1: nowhere. */
    static int firstControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (isControl(value.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** C0 and DEL. The C1 range is not among them: in ISO-8859-1 text it holds the bytes of UTF-8. */
    static boolean isControl(int c) {
        return c < 0x20 || c == 0x7F;
    }

    private static byte[] utf8(String variable, String value) throws VariableRefusedException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c) && i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1));
            if (!pair) {
                throw new VariableRefusedException(variable, "half a surrogate pair at position " + i + " cannot be sent as UTF-8");
            }
            i++;
        }
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static VariableRefusedException control(String variable, char c, int position) {
        return new VariableRefusedException(variable, "control character 0x" + Integer.toHexString(c) + " at position " + position);
    }
}
