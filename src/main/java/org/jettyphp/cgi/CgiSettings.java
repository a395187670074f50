package org.jettyphp.cgi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jettyphp.setting.Setting;

/**
 * The settings of this package. Names and values inside the three groups are checked by the constructor of {@link Variables}.
 *
 * @param param own variables by name
 * @param ini values for {@code PHP_VALUE} by name
 * @param adminIni values for {@code PHP_ADMIN_VALUE} by name
 * @param underscoreHeaders whether request header names may contain an underscore
 * @param maxResponseHeader bytes, at least 1024
 */
public record CgiSettings(
        @Setting(text = "param.NAME=value sets the variable NAME for PHP, over any request header of that name; ${header:X}, ${attr:X} "
                + "(request attribute) and ${env:X} are replaced; it is left out where all it consists of is missing from the request.")
        Map<String, String> param,
        @Setting(text = "ini.NAME=value sets the PHP ini value NAME with every request (PHP_VALUE; a script may change it with ini_set); "
                + "no placeholders; quotes are added where php.ini needs them; On, 128M and E_ALL & ~E_NOTICE mean what they mean there.")
        Map<String, String> ini,
        @Setting(text = "adminIni.NAME=value is ini.NAME for values that scripts must not change (PHP_ADMIN_VALUE).")
        Map<String, String> adminIni,
        @Setting(byDefault = "false", text = "Whether request headers with an underscore in their name reach PHP; where X_A and X-A are both "
                + "sent, X-A wins. Off, because a client could otherwise imitate the headers that a proxy in front sets.")
        boolean underscoreHeaders,
        @Setting(byDefault = "256k", text = "The most bytes that the head of PHP's answer (status and headers) may have, at least 1k; "
                + "above it the client gets 502.")
        long maxResponseHeader) {

    /** The default of {@code maxResponseHeader}: 256 KiB. */
    public static final long DEFAULT_MAX_RESPONSE_HEADER = 256 * 1024;

    private static final long LEAST_RESPONSE_HEADER = 1024;

    /**
     * Keeps the order of the groups.
     *
     * @throws IllegalArgumentException if {@code maxResponseHeader} is below 1 KiB or above 2 GiB
     */
    public CgiSettings {
        if (maxResponseHeader < LEAST_RESPONSE_HEADER || maxResponseHeader > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("maxResponseHeader is " + maxResponseHeader + " bytes; it has to be from 1k to 2g, "
                    + "256k suits most applications");
        }
        param = copy(param);
        ini = copy(ini);
        adminIni = copy(adminIni);
    }

    /** Every setting at its default. */
    public static CgiSettings defaults() {
        return new CgiSettings(Map.of(), Map.of(), Map.of(), false, DEFAULT_MAX_RESPONSE_HEADER);
    }

    private static Map<String, String> copy(Map<String, String> group) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }
}
