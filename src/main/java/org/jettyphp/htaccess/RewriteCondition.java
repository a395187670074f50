package org.jettyphp.htaccess;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/**
 * {@code RewriteCond}.
 *
 * @param subject what is looked at
 * @param test how; for {@link Kind#PATTERN} with {@code pattern}, for the others with {@code operand}
 * @param turned {@code !}
 * @param orNext {@code OR}
 */
record RewriteCondition(Template subject, Kind test, String operand, @Nullable Regex pattern, boolean turned, boolean ignoresCase,
        boolean orNext) {

    enum Kind {
        PATTERN, EQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL, NUMBER_EQUAL, NUMBER_UNEQUAL, NUMBER_LESS, NUMBER_GREATER,
        NUMBER_LESS_OR_EQUAL, NUMBER_GREATER_OR_EQUAL, FILE, DIRECTORY, LINK, NOT_EMPTY, EXECUTABLE,
        /** Not understood, where what it stands for is a refusal. */
        ALWAYS
    }

    /** @param match what a pattern has found; null if there is no pattern, or it is turned round */
    record Result(boolean met, @Nullable MatchResult match) {}

    static RewriteCondition of(List<String> words) throws NotUnderstoodException {
        if (words.size() < 2 || words.size() > 3) {
            throw new NotUnderstoodException("is not a text, a pattern and flags");
        }
        if (words.get(0).equalsIgnoreCase("expr")) {
            throw new NotUnderstoodException("has an expression");
        }
        List<String> flags = words.size() < 3 ? List.of() : flags(words.get(2));
        boolean ignoresCase = flags.contains("NC") || flags.contains("NOCASE");
        boolean orNext = flags.contains("OR") || flags.contains("ORNEXT");
        boolean turned = words.get(1).startsWith("!");
        String test = turned ? words.get(1).substring(1) : words.get(1);
        Kind kind = kind(test);
        String operand = switch (kind) {
            case EQUAL, LESS, GREATER -> test.substring(1);
            case LESS_OR_EQUAL, GREATER_OR_EQUAL -> test.substring(2);
            case NUMBER_EQUAL, NUMBER_UNEQUAL, NUMBER_LESS, NUMBER_GREATER, NUMBER_LESS_OR_EQUAL, NUMBER_GREATER_OR_EQUAL ->
                test.substring(3);
            default -> "";
        };
        return new RewriteCondition(Template.of(words.get(0)), kind, operand.equals("\"\"") ? "" : operand,
                kind == Kind.PATTERN ? Regex.of(test, ignoresCase) : null, turned, ignoresCase, orNext);
    }

    private static List<String> flags(String text) throws NotUnderstoodException {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            throw new NotUnderstoodException("has flags without brackets");
        }
        List<String> flags =
                Arrays.stream(text.substring(1, text.length() - 1).split(",")).map(flag -> flag.strip().toUpperCase(Locale.ROOT)).toList();
        for (String flag : flags) {
            if (!List.of("NC", "NOCASE", "OR", "ORNEXT", "NV", "NOVARY", "").contains(flag)) {
                throw new NotUnderstoodException("has the flag " + flag);
            }
        }
        return flags;
    }

    private static Kind kind(String test) throws NotUnderstoodException {
        return switch (test) {
            case "-f" -> Kind.FILE;
            case "-d" -> Kind.DIRECTORY;
            case "-l", "-L", "-h" -> Kind.LINK;
            case "-s" -> Kind.NOT_EMPTY;
            case "-x" -> Kind.EXECUTABLE;
            case "-F", "-U" -> throw new NotUnderstoodException("asks for another request by " + test);
            default -> comparison(test);
        };
    }

    private static Kind comparison(String test) {
        if (test.matches("-(eq|ne|lt|gt|le|ge).*")) {
            return switch (test.substring(1, 3)) {
                case "eq" -> Kind.NUMBER_EQUAL;
                case "ne" -> Kind.NUMBER_UNEQUAL;
                case "lt" -> Kind.NUMBER_LESS;
                case "gt" -> Kind.NUMBER_GREATER;
                case "le" -> Kind.NUMBER_LESS_OR_EQUAL;
                default -> Kind.NUMBER_GREATER_OR_EQUAL;
            };
        }
        if (test.length() > 1 && test.startsWith("<")) {
            return test.charAt(1) == '=' ? Kind.LESS_OR_EQUAL : Kind.LESS;
        }
        if (test.length() > 1 && test.startsWith(">")) {
            return test.charAt(1) == '=' ? Kind.GREATER_OR_EQUAL : Kind.GREATER;
        }
        return test.startsWith("=") && test.length() > 1 ? Kind.EQUAL : Kind.PATTERN;
    }

    /** @param place of which it is known already what is there */
    Result test(String text, Place place) {
        MatchResult match = pattern == null ? null : pattern.match(text);
        boolean met = switch (test) {
            case PATTERN -> match != null;
            case ALWAYS -> true;
            case FILE, DIRECTORY, LINK, NOT_EMPTY, EXECUTABLE -> isFile(text, place);
            case EQUAL -> ignoresCase ? text.equalsIgnoreCase(operand) : text.equals(operand);
            case LESS -> compared(text) < 0;
            case GREATER -> compared(text) > 0;
            case LESS_OR_EQUAL -> compared(text) <= 0;
            case GREATER_OR_EQUAL -> compared(text) >= 0;
            case NUMBER_EQUAL -> number(text) == number(operand);
            case NUMBER_UNEQUAL -> number(text) != number(operand);
            case NUMBER_LESS -> number(text) < number(operand);
            case NUMBER_GREATER -> number(text) > number(operand);
            case NUMBER_LESS_OR_EQUAL -> number(text) <= number(operand);
            case NUMBER_GREATER_OR_EQUAL -> number(text) >= number(operand);
        };
        return new Result(met != turned, turned ? null : match);
    }

    /** Apache's {@code compare_lexicography}: the shorter text comes first. */
    private int compared(String text) {
        int byLength = Integer.compare(text.length(), operand.length());
        return byLength != 0 ? byLength : ignoresCase ? text.compareToIgnoreCase(operand) : text.compareTo(operand);
    }

    private static long number(String text) {
        String digits = text.strip().replaceFirst("^([+-]?\\d{1,18}).*$", "$1");
        return digits.matches("[+-]?\\d{1,18}") ? Long.parseLong(digits) : 0;
    }

    private boolean isFile(String name, Place place) {
        if (place.kind() != Place.Kind.UNKNOWN && (test == Kind.FILE || test == Kind.DIRECTORY) && name.equals(place.filename())) {
            return place.kind() == (test == Kind.FILE ? Place.Kind.FILE : Place.Kind.DIRECTORY);
        }
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException inexpressible) {
            return false;
        }
        return path.isAbsolute() && switch (test) {
            // Path.of drops the slash of "x.php/", which is no file.
            case FILE -> !name.endsWith("/") && Files.isRegularFile(path);
            case NOT_EMPTY -> !name.endsWith("/") && Files.isRegularFile(path) && path.toFile().length() > 0;
            case DIRECTORY -> Files.isDirectory(path);
            case EXECUTABLE -> Files.isExecutable(path);
            default -> Files.isSymbolicLink(path) && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        };
    }
}
