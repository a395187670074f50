package org.jettyphp.config;

import java.util.ArrayList;
import java.util.List;

/** The entries of a group that were given in one value: {@code --ini NAME=value} and the variable {@code JETTY_PHP_FPM_INI}. */
final class GroupEntries {

    private static final String UNDERSTOOD = "expected NAME=value";

    private GroupEntries() {}

    /** One entry; both parts without white space around them. */
    record Entry(String name, String value) {
        Entry {
            name = name.strip();
            value = value.strip();
            if (name.isEmpty() || name.codePoints().anyMatch(c -> c <= ' ' || c == '=' || Character.isISOControl(c))) {
                throw new IllegalArgumentException("an entry of a group needs a name, without white space and =");
            }
        }
    }

    /**
     * The one entry of a flag.
     *
     * @throws IllegalArgumentException if it has no {@code =} or no name; the message repeats no part of the value, a credential perhaps
     */
    static Entry ofFlag(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(UNDERSTOOD);
        }
        return new Entry(text.substring(0, equals), text.substring(equals + 1));
    }

    /**
     * The entries of a variable: one a line if it has line ends, else separated by {@code ;}. Empty ones do not count.
     *
     * @throws IllegalArgumentException naming the entry, by its number, that is not {@code NAME=value}
     */
    static List<Entry> ofVariable(String text) {
        boolean lines = text.indexOf('\n') >= 0;
        List<Entry> entries = new ArrayList<>();
        for (String entry : text.split(lines ? "\\R" : ";")) {
            if (!entry.isBlank()) {
                entries.add(ofVariable(entry, entries.size() + 1, lines));
            }
        }
        return entries;
    }

    private static Entry ofVariable(String entry, int number, boolean lines) {
        if (entry.indexOf('=') < 0) {
            String hint = lines ? "" : "; if a value contains ; then put each entry on a line of its own, and end the last line too";
            throw new IllegalArgumentException("entry " + number + ": " + UNDERSTOOD + hint);
        }
        return ofFlag(entry);
    }
}
