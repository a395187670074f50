package org.jettyphp.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How a value is written, by the type of the record's component. */
enum ValueType {
    TEXT("text", String.class) {
        @Override
        Object parse(String text) {
            return text;
        }
    },
    PATH("path", Path.class) {
        @Override
        Object parse(String text) {
            try {
                return Path.of(text);
            } catch (InvalidPathException unusable) {
                throw new IllegalArgumentException("is no path: " + unusable.getReason(), unusable);
            }
        }
    },
    SWITCH("true or false", boolean.class, Boolean.class) {
        @Override
        Object parse(String text) {
            return switch (text) {
                case "true", "on", "yes" -> true;
                case "false", "off", "no" -> false;
                default -> throw new IllegalArgumentException("is neither true (on, yes) nor false (off, no)");
            };
        }
    },
    NUMBER("number", int.class, Integer.class) {
        @Override
        Object parse(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException noNumber) {
                throw new IllegalArgumentException("is no whole number up to " + Integer.MAX_VALUE, noNumber);
            }
        }
    },
    SIZE("size", long.class, Long.class) {
        @Override
        Object parse(String text) {
            return size(text);
        }
    },
    DURATION("duration", Duration.class) {
        @Override
        Object parse(String text) {
            return duration(text);
        }
    },
    LIST("list", List.class) {
        @Override
        Object parse(String text) {
            return Arrays.stream(text.strip().split("[\\s,]+")).filter(part -> !part.isEmpty()).toList();
        }
    },
    GROUP("NAME=value", Map.class) {
        @Override
        Object parse(String text) {
            throw new IllegalArgumentException("is a group: it is written with a name behind it");
        }
    };

    private final String word;
    private final List<Class<?>> types;

    ValueType(String word, Class<?>... types) {
        this.word = word;
        this.types = List.of(types);
    }

    /** For documentation. */
    String word() {
        return word;
    }

    /** Reads a value; the exception's message continues "NAME=value ...". */
    abstract Object parse(String text);

    static ValueType of(Class<?> component) {
        for (ValueType type : values()) {
            if (type.types.contains(component)) {
                return type;
            }
        }
        throw new IllegalStateException("a settings record cannot have a component of " + component);
    }

    private static long size(String text) {
        int last = text.length() - 1;
        long unit = switch (last < 0 ? ' ' : Character.toLowerCase(text.charAt(last))) {
            case 'k' -> 1L << 10;
            case 'm' -> 1L << 20;
            case 'g' -> 1L << 30;
            default -> 1;
        };
        try {
            return Math.multiplyExact(Long.parseLong(unit == 1 ? text : text.substring(0, last)), unit);
        } catch (ArithmeticException | NumberFormatException noSize) {
            throw new IllegalArgumentException("is no size; sizes are written 65536, 64k, 1m or 2g", noSize);
        }
    }

    private static Duration duration(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        try {
            long amount = Long.parseLong(text.substring(0, digits));
            return switch (text.substring(digits)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                case "" -> throw new IllegalArgumentException("has no unit; did you mean " + amount + "s?");
                default -> throw new NumberFormatException("unit");
            };
        } catch (ArithmeticException | NumberFormatException noDuration) {
            throw new IllegalArgumentException("is no duration; durations are written 500ms, 30s, 2m or 1h", noDuration);
        }
    }
}
