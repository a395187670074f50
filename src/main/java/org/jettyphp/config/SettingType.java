package org.jettyphp.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jettyphp.setting.TextLines;
import org.jspecify.annotations.Nullable;

/**
 * How values of one component type are written.
 *
 * @param word what stands for a value in {@code --help}: {@code duration}, {@code true|false}
 * @param absent the value of a component that is not given and has no default: null, or empty for a list, lines or a group
 * @param parser text, without white space around it, to value; throws {@link IllegalArgumentException} saying what is understood
 * @param format value to text, such that the parser reads it as an equal value
 */
record SettingType(String word, @Nullable Object absent, Function<String, Object> parser, Function<Object, String> format) {

    private static final String LIST_SEPARATOR = "[\\s,]+";

    /**
     * The type of a component.
     *
     * @throws IllegalArgumentException if settings cannot have this type
     */
    static SettingType of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (type == String.class) {
            return line("text", text -> text, Object::toString);
        }
        if (type == Path.class) {
            return line("path", SettingType::path, Object::toString);
        }
        if (type == boolean.class || type == Boolean.class) {
            return line("true|false", SettingType::truth, Object::toString);
        }
        if (type == int.class || type == Integer.class) {
            return line("number", SettingType::number, Object::toString);
        }
        if (type == long.class || type == Long.class) {
            return line("size", SizeText::parse, bytes -> SizeText.format((Long) bytes));
        }
        if (type == Duration.class) {
            return line("duration", DurationText::parse, duration -> DurationText.format((Duration) duration));
        }
        if (type == TextLines.class) {
            return new SettingType("lines", new TextLines(List.of()), SettingType::lines,
                    value -> String.join("\n", ((TextLines) value).lines()));
        }
        if (type instanceof Class<?> choice && choice.isEnum()) {
            return choice(choice.getEnumConstants());
        }
        throw unsupported(type);
    }

    /** Whether the setting is a group: any number of entries, {@code name.ENTRY=value}. */
    boolean group() {
        return absent instanceof Map;
    }

    private static SettingType ofGeneric(ParameterizedType type) {
        List<Type> arguments = List.of(type.getActualTypeArguments());
        if (type.getRawType() == List.class && arguments.equals(List.of(String.class))) {
            return new SettingType("list", List.of(), SettingType::list, items -> String.join(" ", strings(items)));
        }
        if (type.getRawType() == Map.class && arguments.equals(List.of(String.class, String.class))) {
            return new SettingType("NAME=value", Map.of(), SettingType::withoutControls, Object::toString);
        }
        if (type.getRawType() == Map.class && arguments.equals(List.of(String.class, Duration.class))) {
            return new SettingType("NAME=duration", Map.of(), DurationText::parse, duration -> DurationText.format((Duration) duration));
        }
        throw unsupported(type);
    }

    private static SettingType line(String word, Function<String, Object> parser, Function<Object, String> format) {
        return new SettingType(word, null, text -> parser.apply(notEmpty(withoutControls(text))), format);
    }

    private static IllegalArgumentException unsupported(Type type) {
        return new IllegalArgumentException("settings cannot have the type " + type.getTypeName());
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty value is not understood; leave the setting out to have its default");
        }
        return text;
    }

    /** Values reach FastCGI parameters, PHP_VALUE (one ini entry a line), file names and the log: none may carry a line end or NUL. */
    private static String withoutControls(String text) {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("control characters (line end, tab, NUL) are not allowed in a value");
        }
        return text;
    }

    private static Object truth(String text) {
        return switch (text) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw new IllegalArgumentException("expected true, on or yes, or false, off or no");
        };
    }

    private static Object number(String text) {
        if (!text.matches("-?[0-9]+")) {
            throw new IllegalArgumentException("expected a whole number, such as 32");
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException tooLarge) {
            throw new IllegalArgumentException("expected a whole number of at most " + Integer.MAX_VALUE, tooLarge);
        }
    }

    private static Object path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            // Under LC_ALL=C the JDK cannot express letters beyond ASCII in a path.
            String hint = text.chars().anyMatch(c -> c > 127) ? "; if it names an existing file, start with LC_ALL=C.UTF-8" : "";
            throw new IllegalArgumentException("not a path: " + invalid.getReason() + hint, invalid);
        }
    }

    /** An empty text is an empty list: the way to switch a list off that has a default. */
    private static Object list(String text) {
        String items = text.replaceAll("^" + LIST_SEPARATOR + "|" + LIST_SEPARATOR + "$", "");
        List<String> list = items.isEmpty() ? List.of() : List.of(items.split(LIST_SEPARATOR));
        list.forEach(SettingType::withoutControls);
        return list;
    }

    private static Object lines(String text) {
        return new TextLines(
                text.lines().map(line -> withoutControls(line.replace('\t', ' ').strip())).filter(line -> !line.isEmpty()).toList());
    }

    private static Iterable<String> strings(Object items) {
        return ((List<?>) items).stream().map(Object::toString).toList();
    }

    private static SettingType choice(Object[] constants) {
        Map<String, Object> choices = new LinkedHashMap<>();
        for (Object constant : constants) {
            choices.put(chosen(constant), constant);
        }
        String word = String.join("|", choices.keySet());
        return line(word, text -> {
            Object constant = choices.get(text);
            if (constant == null) {
                throw new IllegalArgumentException("expected one of " + String.join(", ", choices.keySet()));
            }
            return constant;
        }, SettingType::chosen);
    }

    private static String chosen(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
