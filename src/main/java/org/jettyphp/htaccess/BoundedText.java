package org.jettyphp.htaccess;

/**
 * A text that lets a regular expression look at it so often and no more: the rules are the application's, the text is a stranger's, and
 * {@code (a+)+b} takes longer than anybody lives.
 */
final class BoundedText implements CharSequence {

    /** Far above what shipped rules take for the longest URL; 5 ms. */
    private static final int MOST_LOOKS = 1_000_000;

    /** Thrown in the middle of a match. */
    static final class TooCostlyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooCostlyException(String pattern) {
            super("the pattern " + pattern + " takes too long for what was asked for", null, false, false);
        }
    }

    private final String text;
    private final String pattern;
    private int looks;

    BoundedText(String text, String pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    @Override
    public char charAt(int index) {
        if (++looks > MOST_LOOKS) {
            throw new TooCostlyException(pattern);
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
