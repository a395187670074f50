package org.jettyphp.fpm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ini values that an application asks for itself, as far as PHP lets an application set them. PHP-FPM does not ask: a {@code php_value} of
 * its pool sets {@code expose_php} and {@code disable_functions} as well (seen with 8.2). For one thread at a time.
 */
final class ApplicationIni {

    private static final Logger LOG = LoggerFactory.getLogger(PhpFpm.class);
    /** PHP lets an application set them with conditions, open_basedir above all, that it does not put to values of a pool (php-src 8.2, main.c). */
    private static final Set<String> WITH_CONDITIONS =
            Set.of("open_basedir", "error_log", "mail.log", "mail.force_extra_parameters", "session.save_path");
    /** In the quotes of a pool file they would end the value, or be replaced by something else. */
    private static final String MEANING_SOMETHING = "\"'\\$`";

    private final Supplier<List<IniValue>> source;
    private final Set<String> settable;
    private List<IniValue> inForce = List.of();
    private List<IniValue> seen = List.of();

    /** {@code settable}: what PHP lets an application set. */
    ApplicationIni(Supplier<List<IniValue>> source, Set<String> settable) {
        this.source = source;
        this.settable = settable;
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
        inForce.forEach(value -> announce(value, stronger));
        return !values().isEmpty();
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
        Map<String, String> before = values();
        now.stream().filter(value -> inForce.stream().noneMatch(value::asksTheSameAs)).forEach(value -> announce(value, stronger));
        inForce = now;
        return !values().equals(before);
    }

    /** Of several for one name the last one counts. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        inForce.stream().filter(value -> fault(value).isEmpty()).forEach(value -> values.put(value.name(), value.value()));
        return values;
    }

    private void announce(IniValue value, Set<String> stronger) {
        String fault = fault(value);
        if (!fault.isEmpty()) {
            LOG.warn("{}: php_value {} is ignored: {}", value.line(), shown(value.name()), fault);
        } else if (stronger.contains(value.name())) {
            LOG.info("{}: php_value {} does not count, since the settings have one", value.line(), value.name());
        } else {
            LOG.info("php_value of {} {}={}", value.line(), value.name(), value.value());
        }
    }

    /** Empty: none. */
    private String fault(IniValue value) {
        if (WITH_CONDITIONS.contains(value.name())) {
            return "it is for the server's administrator; set ini." + value.name();
        }
        if (!settable.contains(value.name())) {
            return "PHP does not know it, or lets only php.ini set it";
        }
        boolean plain = value.value().chars().allMatch(c -> c >= ' ' && c <= '~' && MEANING_SOMETHING.indexOf(c) < 0);
        return plain ? "" : "its value has a quote, a dollar sign, a backslash, a control character or one beyond ASCII";
    }

    private static String shown(String name) {
        return name.replaceAll("[^A-Za-z0-9_.-]", "?");
    }
}
