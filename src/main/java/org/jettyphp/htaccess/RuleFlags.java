package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The flags of a {@code RewriteRule}.
 *
 * @param status what R, F or G demand, from 200 on; 0: nothing
 * @param skip how many rules are skipped
 * @param rounds how often N may begin anew
 * @param variables of E: what is set; a null template unsets
 * @param type of T; null: none
 */
record RuleFlags(Set<Flag> set, int status, int skip, int rounds, List<Assignment> variables, @Nullable String type) {

    enum Flag {
        LAST, END, QUERY_APPENDED, QUERY_DISCARDED, QUERY_FROM_LAST, NO_CASE, NO_ESCAPE, NOT_FOR_INDEX, NEXT, CHAIN, DISCARD_PATH_INFO,
        ESCAPE_GROUPS, SPACES_PERCENT, REDIRECT, PASS_THROUGH, ALLOW_ESCAPED_QUERY
    }

    record Assignment(Template name, @Nullable Template value) {}

    static final RuleFlags NONE = new RuleFlags(Set.of(), 0, 0, 0, List.of(), null);

    private static final int MOST_ROUNDS = 10_000;

    private static final Map<String, Flag> PLAIN = Map.ofEntries(Map.entry("L", Flag.LAST), Map.entry("LAST", Flag.LAST),
            Map.entry("END", Flag.END), Map.entry("QSA", Flag.QUERY_APPENDED), Map.entry("QSAPPEND", Flag.QUERY_APPENDED),
            Map.entry("QSD", Flag.QUERY_DISCARDED), Map.entry("QSDISCARD", Flag.QUERY_DISCARDED), Map.entry("QSL", Flag.QUERY_FROM_LAST),
            Map.entry("QSLAST", Flag.QUERY_FROM_LAST), Map.entry("NC", Flag.NO_CASE), Map.entry("NOCASE", Flag.NO_CASE),
            Map.entry("NE", Flag.NO_ESCAPE), Map.entry("NOESCAPE", Flag.NO_ESCAPE), Map.entry("NS", Flag.NOT_FOR_INDEX),
            Map.entry("NOSUBREQ", Flag.NOT_FOR_INDEX), Map.entry("C", Flag.CHAIN), Map.entry("CHAIN", Flag.CHAIN),
            Map.entry("DPI", Flag.DISCARD_PATH_INFO), Map.entry("DISCARDPATH", Flag.DISCARD_PATH_INFO), Map.entry("B", Flag.ESCAPE_GROUPS),
            Map.entry("BNP", Flag.SPACES_PERCENT), Map.entry("BACKREFNOPLUS", Flag.SPACES_PERCENT), Map.entry("PT", Flag.PASS_THROUGH),
            Map.entry("PASSTHROUGH", Flag.PASS_THROUGH), Map.entry("UNSAFEALLOW3F", Flag.ALLOW_ESCAPED_QUERY));

    boolean has(Flag flag) {
        return set.contains(flag);
    }

    /** Whether the rule ends in a refusal instead of another path. */
    boolean refuses() {
        return status >= 400;
    }

    /** Whether it ends in a status at all that leads nowhere: a refusal, or {@code R=200} and {@code R=204} for a preflight. */
    boolean ends() {
        return status != 0 && !has(Flag.REDIRECT);
    }

    static RuleFlags of(String text) throws NotUnderstoodException {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            throw new NotUnderstoodException("has flags without brackets");
        }
        Reader reader = new Reader();
        for (String flag : text.substring(1, text.length() - 1).split(",")) {
            reader.add(flag.strip());
        }
        return reader.made();
    }

    private static final class Reader {

        private final Set<Flag> set = EnumSet.noneOf(Flag.class);
        private final List<Assignment> variables = new ArrayList<>();
        private int status;
        private int skip;
        private int rounds;
        private @Nullable String type;

        void add(String flag) throws NotUnderstoodException {
            int equals = flag.indexOf('=');
            String name = (equals < 0 ? flag : flag.substring(0, equals)).toUpperCase(Locale.ROOT);
            String value = equals < 0 ? "" : flag.substring(equals + 1);
            switch (name) {
                case "" -> {
                    // "[L, ]" is written too.
                }
                case "F", "FORBIDDEN" -> status = 403;
                case "G", "GONE" -> status = 410;
                case "R", "REDIRECT" -> redirect(value.toLowerCase(Locale.ROOT));
                case "S", "SKIP" -> skip = number(value);
                case "N", "NEXT" -> {
                    set.add(Flag.NEXT);
                    rounds = value.isEmpty() ? MOST_ROUNDS : Math.min(MOST_ROUNDS, number(value));
                }
                case "E", "ENV" -> variables.add(variable(value));
                case "T", "TYPE" -> type = value;
                case "B" -> set.add(Flag.ESCAPE_GROUPS);
                default -> {
                    Flag plain = PLAIN.get(name);
                    if (plain == null) {
                        throw new NotUnderstoodException("has the flag " + flag);
                    }
                    set.add(plain);
                }
            }
        }

        private void redirect(String value) throws NotUnderstoodException {
            status = switch (value) {
                case "", "temp" -> 302;
                case "permanent" -> 301;
                case "seeother" -> 303;
                default -> number(value);
            };
            if (status < 200 || status > 599) {
                throw new NotUnderstoodException("has the status " + value);
            }
            if (status / 100 == 3) {
                set.add(Flag.REDIRECT);
            }
        }

        private static int number(String value) throws NotUnderstoodException {
            if (!value.matches("\\d{1,5}")) {
                throw new NotUnderstoodException("has a flag with the number '" + value + "'");
            }
            return Integer.parseInt(value);
        }

        private static Assignment variable(String value) throws NotUnderstoodException {
            int colon = value.indexOf(':');
            if (value.startsWith("!")) {
                return new Assignment(Template.of(value.substring(1)), null);
            }
            return colon < 0
                    ? new Assignment(Template.of(value), Template.of(""))
                    : new Assignment(Template.of(value.substring(0, colon)), Template.of(value.substring(colon + 1)));
        }

        RuleFlags made() {
            return new RuleFlags(Set.copyOf(set), status, skip, rounds, List.copyOf(variables), type);
        }
    }
}
