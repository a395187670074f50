package org.jettyphp.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code files} of stock Jetty's {@code TryFilesFilter}: entries to try, and the last one to forward to when none of them is a file.
 * Here files come first anyway, so that the last entry is the {@code fallback}, and {@code $path/NAME} is an {@code index}.
 */
final class StockFiles {

    private static final Pattern TRIED = Pattern.compile("\\$path(?:/([\\w.-]*))?");
    private static final String UNDERSTOOD = "expected one or more of $path, $path/ and $path/NAME, then the fallback, which begins with /:"
            + " for example $path /index.php?p=$path";

    private StockFiles() {}

    /**
     * The settings that say the same; the fallback is passed on as it is, with {@code ?p=$path} if it has that.
     *
     * @throws IllegalArgumentException if an entry cannot be expressed, for instance {@code /maintenance.html} before {@code $path}
     */
    static Map<String, String> translate(String files) {
        List<String> entries = List.of(files.split("\\s+"));
        String last = entries.get(entries.size() - 1);
        if (entries.size() < 2 || !last.startsWith("/")) {
            throw new IllegalArgumentException(UNDERSTOOD);
        }
        List<String> index = new ArrayList<>();
        for (String entry : entries.subList(0, entries.size() - 1)) {
            Matcher tried = TRIED.matcher(entry);
            if (!tried.matches()) {
                throw new IllegalArgumentException(entry + " cannot be tried; " + UNDERSTOOD);
            }
            if (tried.group(1) != null && !tried.group(1).isEmpty()) {
                index.add(tried.group(1));
            }
        }
        Map<String, String> ours = new LinkedHashMap<>(Map.of("fallback", last));
        if (!index.isEmpty()) {
            ours.put("index", String.join(" ", index));
        }
        return ours;
    }
}
