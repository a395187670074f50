package org.jettyphp.fpm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which ini values an application may have. PHP-FPM does not ask: a {@code php_value} of its pool sets {@code expose_php} and
 * {@code disable_functions} as well (seen with 8.2).
 *
 * @param names what PHP lets an application set
 */
record SettableIni(Set<String> names) {

    private static final Logger LOG = LoggerFactory.getLogger(PhpFpm.class);
    /** PHP lets an application set them with conditions, open_basedir above all, that it does not put to values of a pool (php-src 8.2, main.c). */
    private static final Set<String> WITH_CONDITIONS =
            Set.of("open_basedir", "error_log", "mail.log", "mail.force_extra_parameters", "session.save_path");
    /** In the quotes of a pool file they would end the value, or be replaced by something else. */
    private static final String MEANING_SOMETHING = "\"'\\$`";

    /** Those that it may have; of several for one name the last one counts. */
    Map<String, String> of(List<IniValue> asked) {
        Map<String, String> values = new LinkedHashMap<>();
        asked.stream().filter(value -> fault(value).isEmpty()).forEach(value -> values.put(value.name(), value.value()));
        return values;
    }

    /**
     * Says what becomes of it.
     *
     * @param stronger names for which the user has given a value
     */
    void announce(IniValue value, Set<String> stronger) {
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
        if (!names.contains(value.name())) {
            return "PHP does not know it, or lets only php.ini set it";
        }
        boolean plain = value.value().chars().allMatch(c -> c >= ' ' && c <= '~' && MEANING_SOMETHING.indexOf(c) < 0);
        return plain ? "" : "its value has a quote, a dollar sign, a backslash, a control character or one beyond ASCII";
    }

    private static String shown(String name) {
        return name.replaceAll("[^A-Za-z0-9_.-]", "?");
    }
}
