package org.jettyphp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.jettyphp.config.SettingSource.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingNamesTest {

    private static final String NONE = "there is no such setting";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "FLAG          | max-conections                      | --max-connections",
            "FLAG          | maxConnections                      | --max-connections",
            "FLAG          | max_connections                     | --max-connections",
            "FLAG          | wokrers                             | --workers",
            "FLAG          | timeout                             | --queue-timeout or --response-timeout",
            "FLAG          | quiet                               | -",
            "ENVIRONMENT   | JETTY_PHP_FPM_MAX_CONNECTION        | JETTY_PHP_FPM_MAX_CONNECTIONS",
            "ENVIRONMENT   | JETTY_PHP_FPM_maxConnections        | JETTY_PHP_FPM_MAX_CONNECTIONS",
            "ENVIRONMENT   | JETTY_PHP_FPM_                      | -",
            "ENVIRONMENT   | JETTY_PHP_FPM_HOME                  | -",
            "FILE          | max-connections                     | maxConnections",
            "FILE          | php.maxConnections                  | maxConnections",
            "FILE          | JETTY_PHP_FPM_MAX_CONNECTIONS       | maxConnections",
            "FILE          | MaxConnections                      | maxConnections",
            "FILE          | adminini.memory_limit               | adminIni.memory_limit",
            "FILE          | params.APP_ENV                      | param.APP_ENV",
            "FILE          | admin-ini.memory_limit              | adminIni.memory_limit",
            "INIT_PARAM    | documentroot                        | documentRoot",
            "INIT_PARAM    | docRoot                             | -",
            "INIT_PARAM    | extensions                          | scriptExtensions",
            "INIT_PARAM    | maxConnections.x                    | maxConnections",
            "INIT_PARAM    | x                                   | -",
            "CONTEXT_PARAM | php.max-connections                 | php.maxConnections",
            "CONTEXT_PARAM | php.params.APP_ENV                  | php.param.APP_ENV",
            "CONTEXT_PARAM | php.                                | -"})
    void anUnknownNameIsRefusedWithTheOneThatWasMeant(Kind kind, String written, String meant) {
        assertEquals(meant == null ? NONE : NONE + "; did you mean " + meant + "?", explanation(kind, written));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "FLAG          | ini.memory_limit                    | --ini NAME=value",
            "ENVIRONMENT   | JETTY_PHP_FPM_INI_MEMORY_LIMIT      | JETTY_PHP_FPM_INI=\"NAME=value;NAME=value\"",
            "ENVIRONMENT   | JETTY_PHP_FPM_ADMIN_INI_X           | JETTY_PHP_FPM_ADMIN_INI=\"NAME=value;NAME=value\"",
            "FILE          | ini                                 | ini.NAME",
            "INIT_PARAM    | param                               | param.NAME",
            "CONTEXT_PARAM | php.param                           | php.param.NAME"})
    void aGroupWrittenInAnotherWayIsRefusedWithTheRightOne(Kind kind, String written, String meant) {
        assertEquals("this is a group: write " + meant, explanation(kind, written));
    }

    @ParameterizedTest
    @CsvSource({"JETTY_PHP_FPM_SERVICE_HOST", "JETTY_PHP_FPM_SERVICE_PORT", "JETTY_PHP_FPM_SERVICE_PORT_HTTP",
            "JETTY_PHP_FPM_PORT_8080_TCP", "JETTY_PHP_FPM_PORT_8080_TCP_ADDR"})
    void whatKubernetesInjectsForAServiceOfOurNameIsExplained(String variable) {
        assertEquals("there is no such setting; Kubernetes adds such variables for a service named jetty-php-fpm:"
                + " set enableServiceLinks: false in the pod, or name the service differently", explanation(Kind.ENVIRONMENT, variable));
    }

    @ParameterizedTest
    @CsvSource({"ENVIRONMENT,PATH", "ENVIRONMENT,PHP_FPM_PORT", "ENVIRONMENT,jetty_php_fpm_workers", "CONTEXT_PARAM,maxConnections",
            "CONTEXT_PARAM,phpx.workers", "CONTEXT_PARAM,org.example.php.workers"})
    void namesThatAreNotOursAreIgnored(Kind kind, String written) {
        SampleSettings.reader().read(List.of(new SettingSource(kind, "", Map.of(written, "x"))));
    }

    @Test
    void theValidNamesAreListedForEachKindOfSourceThatHasAnUnknownOne() {
        String message = refusal(Kind.CONTEXT_PARAM, "php.x").getMessage();
        assertEquals("""
                A setting cannot be used:
                  context-param php.x: there is no such setting
                Context-params: php.adminIni.NAME, php.checkFile, php.documentRoot, php.fallback, php.index, php.ini.NAME, \
                php.maxConnections, php.maxResponseHeader, php.param.NAME, php.queueTimeout, php.responseTimeout, \
                php.scriptExtensions, php.scriptRoot, php.spoolPlace, php.target, php.workers""", message);
    }

    @Test
    void theValueOfAnUnknownNameIsNotShown() {
        String variable = "JETTY_PHP_FPM_PARAM_DB_PASSWORD";
        assertEquals(List.of(new SettingProblem("environment variable " + variable, variable, null,
                "this is a group: write JETTY_PHP_FPM_PARAM=\"NAME=value;NAME=value\"")), refusal(Kind.ENVIRONMENT, variable).problems());
    }

    private static String explanation(Kind kind, String written) {
        return refusal(kind, written).problems().get(0).explanation();
    }

    private static SettingsException refusal(Kind kind, String written) {
        return assertThrows(SettingsException.class,
                () -> SampleSettings.reader().read(List.of(new SettingSource(kind, "", Map.of(written, "x")))));
    }
}
