package org.jettyphp.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as settings have them: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}, {@code 0}. */
public final class DurationText {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(ms|s|m|h)");
    private static final String UNDERSTOOD = "a duration is a whole number and its unit, ms, s, m or h, such as 500ms, 30s, 2m, 1h, or 0";

    private DurationText() {}

    /**
     * Parses a duration.
     *
     * @throws IllegalArgumentException saying what is understood: no unit, an unknown one, a negative number, more than 292 years
     */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            // A bare number meant milliseconds in stock Jetty and seconds in nginx and PHP: a factor of 1,000 is not for us to guess.
            boolean bare = text.matches("[0-9]+");
            throw new IllegalArgumentException(bare ? "the unit is missing: " + text + "ms or " + text + "s? " + UNDERSTOOD : UNDERSTOOD);
        }
        return checked(Long.parseLong(form.group(1)), form.group(2));
    }

    private static Duration checked(long number, String unit) {
        try {
            Duration duration = switch (unit) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
            // Deadlines are counted in nanoseconds: what does not fit throws here.
            return Duration.ofNanos(duration.toNanos());
        } catch (ArithmeticException tooLong) {
            throw new IllegalArgumentException("too long: the longest duration is 292 years, 2562047h", tooLong);
        }
    }

    /** The shortest text that {@link #parse} reads as the same duration; it has whole milliseconds. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0";
        }
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3_600 != 0 ? seconds / 60 + "m" : seconds / 3_600 + "h";
    }
}
