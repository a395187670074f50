package org.jettyphp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jettyphp.config.SettingSource.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StockParametersTest {

    private static final String SERVLET = "servlet php";

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', nullValues = "-", value = {
            "proxyTo          ! http://localhost:9000              ! {target=localhost:9000}",
            "proxyTo          ! http://localhost:9000/             ! {target=localhost:9000}",
            "proxyTo          ! http://127.0.0.1                   ! {target=127.0.0.1:80}",
            "proxyTo          ! http://[::1]:9000                  ! {target=[::1]:9000}",
            "proxyTo          ! http://php_fpm:9000                ! {target=php_fpm:9000}",
            "unixDomainPath   ! /run/php/php8.2-fpm.sock           ! {target=unix:/run/php/php8.2-fpm.sock}",
            "timeout          ! 45000                              ! {responseTimeout=45000ms}",
            "timeout          ! 0                                  ! {}",
            "timeout          ! -1                                 ! {}",
            "fastCGI.HTTPS    ! true                               ! {param.HTTPS=on}",
            "fastCGI.HTTPS    ! false                              ! {}",
            "fastCGI.envNames ! HOME                               ! {param.HOME=${env:HOME}}",
            "fastCGI.envNames ! HOME, PATH,,                       ! {param.HOME=${env:HOME}, param.PATH=${env:PATH}}",
            "fastCGI.envNames ! NOT_SET_ANYWHERE, HOME             ! {param.HOME=${env:HOME}}",
            "files            ! $path /index.php                   ! {fallback=/index.php}",
            "files            ! $path /index.php?p=$path           ! {fallback=/index.php?p=$path}",
            "files            ! $path $path/ /index.php            ! {fallback=/index.php}",
            "files            ! $path $path/index.php /index.php   ! {fallback=/index.php, index=index.php}",
            "files            ! $path/a.php $path/b.html  /c.php   ! {fallback=/c.php, index=a.php b.html}",
            "scriptPattern    ! (.+?\\.php)                        ! {scriptExtensions=php}",
            "scriptPattern    ! (.+\\.php)(/.*)?                   ! {scriptExtensions=php}",
            "scriptPattern    ! ^(.+?\\.php)(/.+)?$                ! {scriptExtensions=php}",
            "scriptPattern    ! ^(/.*\\.php)($|/.*)                ! {scriptExtensions=php}",
            "scriptPattern    ! (.+?[.]php5)(/.*|$)                ! {scriptExtensions=php5}",
            "scriptPattern    ! (.+?\\.(?:php|phtml))(|/.*)        ! {scriptExtensions=php phtml}",
            "scriptRoot       ! /srv/www                           ! {scriptRoot=/srv/www}",
            "maxConnections   ! 64                                 ! {maxConnections=64}"})
    void aStockInitParamIsHonoured(String name, String value, String ours) {
        StockParameters.Translation translation = translate(Map.of(name, value));
        assertEquals(List.of(), translation.problems());
        assertEquals(ours, merged(translation).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"preserveHost", "hostHeader", "viaHost", "whiteList", "blackList", "prefix", "maxThreads", "selectors",
            "idleTimeout", "requestBufferSize", "responseBufferSize", "maxRequestHeadersSize", "maxResponseHeadersSize",
            "originalURIAttribute", "originalQueryAttribute"})
    void orIsIgnoredWithAWarningThatSaysWhy(String name) {
        StockParameters.Translation translation = translate(Map.of(name, "x"));
        assertEquals(List.of(), translation.problems());
        assertEquals(Map.of(), merged(translation));
        assertEquals(1, translation.warnings().size());
        assertTrue(translation.warnings().get(0).matches("init-param " + name + " of servlet php does not count: \\w.{20,}"),
                translation.warnings().get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', value = {
            "proxyTo       ! https://localhost:9000                ! expected http://host:port without a path",
            "proxyTo       ! http://localhost:9000/app             ! expected http://host:port without a path",
            "proxyTo       ! http://user@localhost:9000            ! expected http://host:port without a path",
            "proxyTo       ! localhost:9000                        ! expected http://host:port without a path",
            "timeout       ! 30s                                   ! expected milliseconds",
            "fastCGI.HTTPS ! on                                    ! expected true or false",
            "files         ! /index.php                            ! expected one or more of $path",
            "files         ! $path                                 ! expected one or more of $path",
            "files         ! $path $path                           ! expected one or more of $path",
            "files         ! /maintenance.html $path /index.php    ! /maintenance.html cannot be tried; expected one or more of $path",
            "files         ! $path/../x /index.php                 ! $path/../x cannot be tried",
            "scriptPattern ! (.+?\\.php)(.*)                       ! only patterns for an ending",
            "scriptPattern ! .+\\.php                              ! only patterns for an ending",
            "scriptPattern ! (/app/.+\\.php)                       ! only patterns for an ending",
            "scriptPattern ! (.+?.php)                             ! only patterns for an ending",
            "scriptPattern ! (?i)(.+?\\.php)                       ! only patterns for an ending",
            "scriptPattern ! (.+)                                  ! only patterns for an ending"})
    void whatCannotBeHonouredIsRefusedWithWhatIsUnderstood(String name, String value, String explanation) {
        SettingsException refused = assertThrows(SettingsException.class,
                () -> SampleSettings.reader().read(List.of(new SettingSource(Kind.INIT_PARAM, SERVLET, Map.of(name, value)))));
        SettingProblem problem = refused.problems().get(0);
        assertEquals("init-param " + name + " of servlet php", problem.where());
        assertEquals(value, problem.value());
        assertTrue(problem.explanation().startsWith(explanation), problem.explanation());
    }

    @Test
    void theSocketWinsOverTheProxyToThatStockJettyDemandsBesideIt() {
        StockParameters.Translation translation = translate(Map.of("proxyTo", "http://localhost", "unixDomainPath", "/run/fpm.sock"));
        assertEquals(Map.of("target", "unix:/run/fpm.sock"), merged(translation));
        assertEquals(List.of("init-param proxyTo of servlet php does not count: the target is unixDomainPath"), translation.warnings());
    }

    @Test
    void aTimeoutThatMeansSomethingElseHereIsHonouredWithAWarning() {
        assertEquals(List.of("init-param timeout of servlet php counts as responseTimeout: the longest silence of FPM,"
                + " not the total time of a request"), translate(Map.of("timeout", "1")).warnings());
    }

    @Test
    void aWholeStockWebXmlIsRead() {
        Settings settings = SampleSettings.reader().read(List.of(
                new SettingSource(Kind.INIT_PARAM, "filter try-files", Map.of("files", "$path /index.php?p=$path")),
                new SettingSource(Kind.INIT_PARAM, SERVLET, Map.of("proxyTo", "http://localhost:9000", "prefix", "/",
                        "scriptRoot", "/srv/wordpress", "scriptPattern", "(.+?\\.php)", "timeout", "30000",
                        "maxConnections", "16", "fastCGI.HTTPS", "true"))));
        assertEquals(new SampleSettings.Pool(16, Duration.ofSeconds(30), Duration.ofSeconds(30), 262_144, null, "localhost:9000"),
                settings.get(SampleSettings.Pool.class));
        assertEquals(Path.of("/srv/wordpress"), settings.get(SampleSettings.Script.class).scriptRoot());
        assertEquals("/index.php?p=$path", settings.get(SampleSettings.Script.class).fallback());
        assertEquals(Map.of("HTTPS", "on"), settings.get(SampleSettings.Cgi.class).param());
        assertEquals(2, settings.warnings().size());
        assertTrue(settings.effective().contains(
                new EffectiveSetting("target", "localhost:9000", "init-param target of servlet php (from proxyTo)")));
    }

    @Test
    void oursBesideTheSameOfStockJettyIsFine() {
        Settings settings = read(Map.of("target", "localhost:9000", "proxyTo", "http://localhost:9000"));
        assertEquals("localhost:9000", settings.get(SampleSettings.Pool.class).target());
    }

    @Test
    void oursBesideAnotherOfStockJettyIsRefusedNamingBoth() {
        Map<String, String> both = Map.of("target", "9000", "proxyTo", "http://localhost:9000");
        SettingsException refused = assertThrows(SettingsException.class, () -> read(both));
        assertEquals("""
                A setting cannot be used:
                  init-param target of servlet php = "9000": given again, differently, as init-param target of servlet php (from proxyTo) \
                = "localhost:9000"; give it once, or the same twice""", refused.getMessage());
    }

    @Test
    void aStrongerSourceWinsOverATranslatedInitParam() {
        Settings settings = SampleSettings.reader().read(List.of(SettingSource.flag("target", "9000"),
                new SettingSource(Kind.INIT_PARAM, SERVLET, Map.of("proxyTo", "http://localhost:9000"))));
        assertEquals("9000", settings.get(SampleSettings.Pool.class).target());
    }

    @Test
    void stockNamesMeanNothingOutsideInitParams() {
        assertThrows(SettingsException.class,
                () -> SampleSettings.reader().read(List.of(new SettingSource(Kind.FILE, "f", Map.of("proxyTo", "http://localhost:9000")))));
    }

    private static Settings read(Map<String, String> initParams) {
        return SampleSettings.reader().read(List.of(new SettingSource(Kind.INIT_PARAM, SERVLET, initParams)));
    }

    private static StockParameters.Translation translate(Map<String, String> initParams) {
        return StockParameters.translate(List.of(new SettingSource(Kind.INIT_PARAM, SERVLET, initParams)));
    }

    private static Map<String, String> merged(StockParameters.Translation translation) {
        Map<String, String> values = new HashMap<>();
        translation.sources().forEach(source -> values.putAll(source.values()));
        return new TreeMap<>(values);
    }
}
