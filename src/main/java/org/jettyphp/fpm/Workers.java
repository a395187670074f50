package org.jettyphp.fpm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many workers a php-fpm has: always as many, or from {@code least} to {@code most} as requests come, 1 to 10,000.
 *
 * @param least how many there are without a request
 */
public record Workers(int least, int most) {

    private static final int MOST = 10_000;
    private static final Pattern NOTATION = Pattern.compile("([0-9]{1,5})(?:\\.\\.([0-9]{1,5}))?");

    public Workers {
        if (least < 1 || most < least || most > MOST) {
            throw new IllegalArgumentException(
                    "workers is " + text(least, most) + "; it is a number from 1 to " + MOST
                            + ", or two as in 2..16, the smaller one first");
        }
    }

    /**
     * As in {@code 8} or {@code 2..16}.
     *
     * @throws IllegalArgumentException with what is understood
     */
    static Workers of(String text) {
        Matcher numbers = NOTATION.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("workers is '" + text + "'; it is a number, as in 8, or two, as in 2..16");
        }
        int least = Integer.parseInt(numbers.group(1));
        return new Workers(least, numbers.group(2) == null ? least : Integer.parseInt(numbers.group(2)));
    }

    /** Always as many. */
    static Workers always(int number) {
        return new Workers(number, number);
    }

    /** Whether there are more when more are needed. */
    public boolean grow() {
        return most > least;
    }

    /** The notation of the setting. */
    @Override
    public String toString() {
        return text(least, most);
    }

    private static String text(int least, int most) {
        return least == most ? String.valueOf(least) : least + ".." + most;
    }
}
