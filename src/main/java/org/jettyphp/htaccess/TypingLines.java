package org.jettyphp.htaccess;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what says what files are, and where PHP does not run. */
final class TypingLines implements Lines {

    private final Map<String, String> types = new HashMap<>();
    private final Map<String, String> encodings = new HashMap<>();
    private final Set<String> handled = new HashSet<>();
    private @Nullable String forced;
    private @Nullable String charset;
    private @Nullable Boolean runs;
    private @Nullable Boolean allHandled;

    @Override
    public boolean take(Line line) throws NotUnderstoodException {
        List<String> words = line.words();
        switch (line.key()) {
            case "addtype" -> addType(words);
            case "addencoding" -> endings(words).forEach(ending -> encodings.put(ending, words.get(0)));
            case "forcetype" -> forced = line.word().equalsIgnoreCase("none") ? null : line.word();
            case "adddefaultcharset" -> charset = charset(line.word());
            case "sethandler" -> setHandler(line.word());
            case "addhandler" -> addHandler(words);
            case "removehandler", "removetype" -> remove(words);
            case "php_value", "php_flag", "php_admin_value", "php_admin_flag" -> {
                return engine(words);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static List<String> endings(List<String> words) throws NotUnderstoodException {
        if (words.size() < 2) {
            throw new NotUnderstoodException("has no ending");
        }
        return words.subList(1, words.size()).stream().map(TypingLines::ending).toList();
    }

    private static String ending(String word) {
        return (word.startsWith(".") ? word.substring(1) : word).toLowerCase(Locale.ROOT);
    }

    private static String charset(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "off" -> "";
            case "on" -> "iso-8859-1";
            default -> word;
        };
    }

    private void addType(List<String> words) throws NotUnderstoodException {
        List<String> endings = endings(words);
        if (isPhp(words.get(0))) {
            handled.addAll(endings);
            throw new NotUnderstoodException("is ignored: set scriptExtensions, for what shall run as PHP; what is no script is not sent");
        }
        endings.forEach(ending -> types.put(ending, words.get(0)));
        stopIfScripts(endings);
    }

    private void setHandler(String handler) throws NotUnderstoodException {
        // A handler of no module, such as Drupal_Security_Do_Not_Remove, has the file sent.
        allHandled = isPhp(handler) || handler.matches("(?i)proxy:.*|(?:cgi|fcgid)-script");
        if (isPhp(handler)) {
            throw new NotUnderstoodException("is ignored: set target and scriptExtensions; what is no script is not sent");
        }
        runs = false;
    }

    private void addHandler(List<String> words) throws NotUnderstoodException {
        List<String> endings = endings(words);
        if (isPhp(words.get(0))) {
            handled.addAll(endings);
            throw new NotUnderstoodException("is ignored: set target and scriptExtensions; what is no script is not sent");
        }
        if (!words.get(0).equals("default-handler")) {
            handled.addAll(endings);
        }
        stopIfScripts(endings);
    }

    private void remove(List<String> words) {
        stopIfScripts(words.stream().map(TypingLines::ending).toList());
    }

    private void stopIfScripts(List<String> endings) {
        if (endings.stream().anyMatch(ending -> ending.startsWith("ph"))) {
            runs = false;
        }
    }

    private static boolean isPhp(String handler) {
        String lower = handler.toLowerCase(Locale.ROOT);
        return lower.contains("php") || lower.contains("fcgi");
    }

    /** Whether PHP runs; its other values are not ours. */
    private boolean engine(List<String> words) {
        boolean engine = words.size() == 2 && words.get(0).equalsIgnoreCase("engine");
        if (engine) {
            runs = !Set.of("off", "0", "false", "no").contains(words.get(1).toLowerCase(Locale.ROOT));
        }
        return engine;
    }

    Typing made() {
        return new Typing(Map.copyOf(types), Map.copyOf(encodings), forced, charset, runs, Set.copyOf(handled), allHandled);
    }
}
