package org.jettyphp.cgi;

/** IP addresses as Apache and nginx write them. */
final class IpText {

    private IpText() {}

    /** Without brackets and zone, IPv6 shortened (RFC 5952): {@code [0:0:0:0:0:0:0:1]} is {@code ::1}. */
    static String plain(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String bare = address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        int zone = bare.indexOf('%');
        String[] groups = (zone < 0 ? bare : bare.substring(0, zone)).split(":", -1);
        // Only the full form, which is how the JDK writes every IPv6 address, is shortened; anything else is as it should be already.
        return groups.length == 8 ? shortened(groups) : String.join(":", groups);
    }

    private static String shortened(String[] groups) {
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end].equals("0")) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
        }
        if (bestStart < 0) {
            return String.join(":", groups);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bestStart; i++) {
            text.append(groups[i]).append(i + 1 < bestStart ? ":" : "");
        }
        text.append("::");
        for (int i = bestStart + bestLength; i < 8; i++) {
            text.append(groups[i]).append(i < 7 ? ":" : "");
        }
        return text.toString();
    }
}
