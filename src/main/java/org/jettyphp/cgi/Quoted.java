package org.jettyphp.cgi;

/** Foreign text for a log line: in quotes, cut after 60 characters with a mark, with nothing that could start a line of its own. */
final class Quoted {

    private static final int MOST = 60;

    private Quoted() {}

    static String of(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < Math.min(text.length(), MOST); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7F) {
                quoted.append(c);
            } else {
                quoted.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            }
        }
        return quoted.append(text.length() > MOST ? "…'" : "'").toString();
    }
}
