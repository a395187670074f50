package org.jettyphp.htaccess;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long copies are good: mod_expires.
 *
 * @param active null: not said
 * @param byType by media type, lower case; {@code image/*} for all of a kind
 * @param byDefault null: none
 */
record Freshness(@Nullable Boolean active, Map<String, Lifetime> byType, @Nullable Lifetime byDefault) {

    Freshness merge(Freshness over) {
        Map<String, Lifetime> types = new HashMap<>(byType);
        types.putAll(over.byType);
        return new Freshness(over.active != null ? over.active : active, types, over.byDefault != null ? over.byDefault : byDefault);
    }

    /** Reads its lines. */
    static final class Reader implements Lines {

        private @Nullable Boolean active;
        private final Map<String, Lifetime> byType = new HashMap<>();
        private @Nullable Lifetime byDefault;

        @Override
        public boolean take(Line line) throws NotUnderstoodException {
            switch (line.key()) {
                case "expiresactive" -> active = line.on();
                case "expiresbytype" -> byType(line.words());
                case "expiresdefault" -> byDefault = Lifetime.of(line.word());
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void byType(List<String> words) throws NotUnderstoodException {
            if (words.size() != 2) {
                throw new NotUnderstoodException("is not a type and a time");
            }
            byType.put(words.get(0).toLowerCase(Locale.ROOT), Lifetime.of(words.get(1)));
        }

        Freshness made() {
            return new Freshness(active, Map.copyOf(byType), byDefault);
        }
    }
}
