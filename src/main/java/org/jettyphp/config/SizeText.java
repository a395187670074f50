package org.jettyphp.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as settings have them, and as nginx and PHP write them: {@code 4096}, {@code 64k}, {@code 1m}, {@code 2g}. */
final class SizeText {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})([kmgKMG]?)");
    private static final String UNITS = "kmg";
    private static final String UNDERSTOOD =
            "a size is a whole number of bytes, or one with k, m or g (1024 each), such as 4096, 64k, 1m, 2g";

    private SizeText() {}

    /**
     * Parses a size in bytes.
     *
     * @throws IllegalArgumentException saying what is understood: another unit, a fraction, a negative number, more than a long holds
     */
    static long parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(UNDERSTOOD);
        }
        long number = Long.parseLong(form.group(1));
        int shift = 10 * (1 + (form.group(2).isEmpty() ? -1 : UNITS.indexOf(form.group(2).toLowerCase(Locale.ROOT))));
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("too large: sizes end below 8589934592g");
        }
        return number << shift;
    }

    /** The shortest text that {@link #parse} reads as the same size. */
    static String format(long bytes) {
        int unit = -1;
        long number = bytes;
        while (number != 0 && number % 1024 == 0 && unit + 1 < UNITS.length()) {
            number /= 1024;
            unit++;
        }
        return unit < 0 ? Long.toString(number) : number + UNITS.substring(unit, unit + 1);
    }
}
