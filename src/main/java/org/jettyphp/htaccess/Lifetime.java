package org.jettyphp.htaccess;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a copy is good: {@code "access plus 1 year"}, {@code A3600}, {@code "modification plus 4 weeks"}.
 *
 * @param sinceChange from the file's last change on, instead of from now on
 */
public record Lifetime(boolean sinceChange, long seconds) {

    private static final Pattern SHORT = Pattern.compile("([AaMm])(\\d{1,10})");

    static Lifetime of(String text) throws NotUnderstoodException {
        Matcher brief = SHORT.matcher(text.strip());
        if (brief.matches()) {
            return new Lifetime(brief.group(1).equalsIgnoreCase("m"), Long.parseLong(brief.group(2)));
        }
        List<String> words = List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        boolean sinceChange = words.get(0).equals("modification");
        if (!sinceChange && !words.get(0).equals("access") && !words.get(0).equals("now")) {
            throw new NotUnderstoodException("has a time that begins with neither access nor modification");
        }
        int at = words.size() > 1 && words.get(1).equals("plus") ? 2 : 1;
        if ((words.size() - at) % 2 != 0) {
            throw new NotUnderstoodException("has a time that is not made of numbers and units");
        }
        long seconds = 0;
        for (; at < words.size(); at += 2) {
            if (!words.get(at).matches("\\d{1,9}")) {
                throw new NotUnderstoodException("has a time that is not made of numbers and units");
            }
            seconds += Long.parseLong(words.get(at)) * unit(words.get(at + 1));
        }
        return new Lifetime(sinceChange, seconds);
    }

    private static long unit(String word) throws NotUnderstoodException {
        return switch (word.replaceAll("s$", "")) {
            case "year" -> 365L * 24 * 3600;
            case "month" -> 30L * 24 * 3600;
            case "week" -> 7L * 24 * 3600;
            case "day" -> 24L * 3600;
            case "hour" -> 3600;
            case "minute", "min" -> 60;
            case "second", "sec" -> 1;
            default -> throw new NotUnderstoodException("has the unit " + word);
        };
    }
}
