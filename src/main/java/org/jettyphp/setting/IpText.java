package org.jettyphp.setting;

/**
 * IP addresses as Apache and nginx spell them: IPv4 as it is, IPv6 by RFC 5952 (section 4: no leading zeros, the longest run of zeros
 * as {@code ::}, lower case; section 5: an IPv4-mapped address ends in dotted form), without brackets and zone. Java spells
 * {@code 0:0:0:0:0:0:0:1}, containers add brackets.
 */
public final class IpText {

    private static final int GROUPS = 8;

    private IpText() {}

    /** What is no IPv6 address comes back unchanged. */
    public static String canonical(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        boolean brackets = address.startsWith("[") && address.endsWith("]");
        String bare = brackets ? address.substring(1, address.length() - 1) : address;
        int zone = bare.indexOf('%');
        int[] groups = parse(zone < 0 ? bare : bare.substring(0, zone));
        return groups.length == 0 ? address : print(groups);
    }

    /** Eight groups; none: not an IPv6 address. */
    private static int[] parse(String text) {
        int gap = text.indexOf("::");
        int[] head = groups(gap < 0 ? text : text.substring(0, gap));
        int[] tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2));
        int count = head.length + tail.length;
        boolean fits = gap < 0 ? count == GROUPS : count < GROUPS;
        if (!fits || contains(head, -1) || contains(tail, -1)) {
            return new int[0];
        }
        int[] all = new int[GROUPS];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
        return all;
    }

    /** The groups of one side of {@code ::}; a -1 among them where one cannot be read. */
    private static int[] groups(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] words = text.split(":", -1);
        String last = words[words.length - 1];
        boolean dotted = last.indexOf('.') >= 0;
        int[] groups = new int[dotted ? words.length + 1 : words.length];
        for (int i = 0; i < (dotted ? words.length - 1 : words.length); i++) {
            groups[i] = number(words[i], 16, 0xFFFF);
        }
        if (dotted) {
            String[] bytes = last.split("\\.", -1);
            int[] four = new int[4];
            for (int i = 0; i < 4; i++) {
                four[i] = bytes.length == 4 ? number(bytes[i], 10, 0xFF) : -1;
            }
            groups[words.length - 1] = contains(four, -1) ? -1 : four[0] << 8 | four[1];
            groups[words.length] = contains(four, -1) ? -1 : four[2] << 8 | four[3];
        }
        return groups;
    }

    private static int number(String digits, int radix, int most) {
        int value = digits.isEmpty() || digits.length() > 4 ? -1 : 0;
        for (int i = 0; i < digits.length() && value >= 0; i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            value = digit < 0 ? -1 : value * radix + digit;
        }
        return value > most ? -1 : value;
    }

    private static boolean contains(int[] values, int wanted) {
        for (int value : values) {
            if (value == wanted) {
                return true;
            }
        }
        return false;
    }

    private static String print(int[] groups) {
        if (isMapped(groups)) {
            return "::ffff:" + (groups[6] >> 8) + '.' + (groups[6] & 0xFF) + '.' + (groups[7] >> 8) + '.' + (groups[7] & 0xFF);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(i == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static boolean isMapped(int[] groups) {
        for (int i = 0; i < 5; i++) {
            if (groups[i] != 0) {
                return false;
            }
        }
        return groups[5] == 0xFFFF;
    }
}
