package org.jettyphp.fpm;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The ini values that an application asks for itself, as far as PHP lets an application set them. For one thread at a time where nothing else is said. */
final class ApplicationIni {

    private final Supplier<List<IniValue>> source;
    private final SettableIni settable;
    private final Set<IniValue> announced = ConcurrentHashMap.newKeySet();
    private List<IniValue> inForce = List.of();
    private List<IniValue> seen = List.of();
    private volatile Map<String, String> values = Map.of();

    /** {@code settable}: what PHP lets an application set. */
    ApplicationIni(Supplier<List<IniValue>> source, Set<String> settable) {
        this.source = source;
        this.settable = new SettableIni(settable);
    }

    /**
     * Takes them as they are now, and says what becomes of each.
     *
     * @param stronger names for which the user has given a value
     * @return whether there are any for PHP
     */
    boolean begin(Set<String> stronger) {
        seen = source.get();
        inForce = seen;
        values = settable.of(inForce);
        inForce.forEach(value -> settable.announce(value, stronger));
        return !values.isEmpty();
    }

    /**
     * Takes them as they are now if they are the same as at the last look, so that nobody is in the middle of writing them.
     *
     * @return whether PHP has to have others than before
     */
    boolean look(Set<String> stronger) {
        List<IniValue> now = source.get();
        boolean settled = now.equals(seen);
        seen = now;
        if (!settled || now.equals(inForce)) {
            return false;
        }
        Map<String, String> before = values;
        now.stream().filter(value -> inForce.stream().noneMatch(value::asksTheSameAs))
                .forEach(value -> settable.announce(value, stronger));
        inForce = now;
        values = settable.of(now);
        return !values.equals(before);
    }

    /** Those in force for all scripts. Any thread. */
    Map<String, String> values() {
        return values;
    }

    /** What counts of that which is asked for some scripts only; says once what becomes of each. Any thread. */
    Map<String, String> counting(List<IniValue> asked, Set<String> stronger) {
        asked.stream().filter(announced::add).forEach(value -> settable.announce(value, stronger));
        Map<String, String> counting = settable.of(asked);
        counting.keySet().removeAll(stronger);
        return counting;
    }
}
