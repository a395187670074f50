package org.jettyphp.htaccess;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jettyphp.htaccess.Typing.Handler;
import org.jspecify.annotations.Nullable;

/** Reads what says what files are, and where PHP does not run. */
final class TypingLines implements Lines {

    private static final String NOT_SENT = "is not followed: what is named so is not sent; to have it run, set scriptExtensions, and "
            + "security.limit_extensions of PHP-FPM";

    private final Map<String, String> types = new HashMap<>();
    private final Map<String, String> encodings = new HashMap<>();
    private final Map<String, Handler> handlers = new HashMap<>();
    private @Nullable Handler handler;
    private @Nullable String forced;
    private @Nullable String charset;
    private @Nullable Boolean runs;

    @Override
    public boolean take(Line line) throws NotUnderstoodException {
        List<String> words = line.words();
        switch (line.key()) {
            case "addtype" -> addType(words);
            case "addencoding" -> endings(words).forEach(ending -> encodings.put(ending, words.get(0)));
            case "forcetype" -> forceType(line.word());
            case "adddefaultcharset" -> charset = charset(line.word());
            case "sethandler" -> setHandler(line.word());
            case "addhandler" -> addHandler(words);
            case "addoutputfilter" -> addOutputFilter(words);
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
            handToPhp(endings);
            return;
        }
        endings.forEach(ending -> types.put(ending, words.get(0)));
        stopIfScripts(endings);
    }

    /** What is not run is not sent either: with Apache's module it was never read by a client. */
    private void handToPhp(List<String> endings) throws NotUnderstoodException {
        endings.forEach(ending -> handlers.put(ending, Handler.PHP));
        if (!endings.equals(List.of("php"))) {
            throw new NotUnderstoodException(NOT_SENT);
        }
    }

    private void forceType(String type) throws NotUnderstoodException {
        forced = type.equalsIgnoreCase("none") ? null : type;
        handler = isPhp(type) ? Handler.PHP : Handler.NOBODY;
        if (isPhp(type)) {
            throw new NotUnderstoodException(NOT_SENT);
        }
    }

    private void setHandler(String name) throws NotUnderstoodException {
        if (isPhp(name)) {
            handler = Handler.PHP;
            throw new NotUnderstoodException(NOT_SENT);
        }
        // A handler of no module, such as Drupal_Security_Do_Not_Remove, has the file sent.
        handler = name.matches("(?i)proxy:.*|cgi-script") ? Handler.PROGRAM : Handler.NOBODY;
        runs = false;
    }

    private void addHandler(List<String> words) throws NotUnderstoodException {
        List<String> endings = endings(words);
        if (isPhp(words.get(0))) {
            handToPhp(endings);
            return;
        }
        Handler named = words.get(0).equals("default-handler") ? Handler.NOBODY : Handler.PROGRAM;
        endings.forEach(ending -> handlers.put(ending, named));
        stopIfScripts(endings);
    }

    /** Server-side includes are programs too. What compresses is a setting. */
    private void addOutputFilter(List<String> words) throws NotUnderstoodException {
        List<String> endings = endings(words);
        if (List.of(words.get(0).toUpperCase(Locale.ROOT).split(";")).contains("INCLUDES")) {
            endings.forEach(ending -> handlers.put(ending, Handler.PROGRAM));
        }
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
        return new Typing(Map.copyOf(types), Map.copyOf(encodings), forced, charset, runs, Map.copyOf(handlers), handler);
    }
}
