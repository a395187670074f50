package org.jettyphp.config;

import static org.jettyphp.config.SettingSource.Kind.CONTEXT_PARAM;
import static org.jettyphp.config.SettingSource.Kind.ENVIRONMENT;
import static org.jettyphp.config.SettingSource.Kind.FILE;
import static org.jettyphp.config.SettingSource.Kind.FLAG;
import static org.jettyphp.config.SettingSource.Kind.INIT_PARAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jettyphp.config.SampleSettings.Cgi;
import org.jettyphp.config.SampleSettings.Place;
import org.jettyphp.config.SampleSettings.Pool;
import org.jettyphp.config.SampleSettings.Script;
import org.jettyphp.config.SettingSource.Kind;
import org.jettyphp.setting.Setting;
import org.jettyphp.setting.TextLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsReaderTest {

    private final SettingsReader reader = SampleSettings.reader();

    @Test
    void withoutSourcesEverythingHasItsDefault() {
        Settings settings = reader.read(List.of());
        assertEquals(new Pool(32, Duration.ofSeconds(30), Duration.ofMinutes(1), 262_144, null, null), settings.get(Pool.class));
        assertEquals(new Script(null, null, List.of("php"), List.of("index.php", "index.html"), null, true, Place.MEMORY),
                settings.get(Script.class));
        assertEquals(new Cgi(Map.of(), Map.of(), Map.of()), settings.get(Cgi.class));
        assertEquals(List.of(), settings.warnings());
    }

    @Test
    void eachKindOfSourceFillsEveryTypeInItsOwnSpelling() {
        Pool pool = new Pool(7, Duration.ofMillis(500), Duration.ofMinutes(2), 1_048_576, 4, "[::1]:9000");
        Cgi cgi = new Cgi(Map.of("APP_ENV", "a=b", "EMPTY", ""), Map.of("memory_limit", "1g"), Map.of("open_basedir", "/srv:/tmp"));
        List<SettingSource> flags = new ArrayList<>();
        List.of("APP_ENV=a=b", "EMPTY=").forEach(entry -> flags.add(SettingSource.flag("param", entry)));
        Map.of("max-connections", "7", "queue-timeout", "500ms", "response-timeout", "2m", "max-response-header", "1m", "workers", "4",
                "target", "[::1]:9000", "ini", "memory_limit=1g", "admin-ini", "open_basedir=/srv:/tmp")
                .forEach((name, value) -> flags.add(SettingSource.flag(name, value)));
        Map<String, String> camel = Map.of("maxConnections", "7", "queueTimeout", "500ms", "responseTimeout", "2m",
                "maxResponseHeader", "1m", "workers", "4", "target", "[::1]:9000", "param.APP_ENV", "a=b", "param.EMPTY", "",
                "ini.memory_limit", "1g", "adminIni.open_basedir", "/srv:/tmp");
        Map<String, String> upper = Map.of("JETTY_PHP_FPM_MAX_CONNECTIONS", "7", "JETTY_PHP_FPM_QUEUE_TIMEOUT", "500ms",
                "JETTY_PHP_FPM_RESPONSE_TIMEOUT", "2m", "JETTY_PHP_FPM_MAX_RESPONSE_HEADER", "1m", "JETTY_PHP_FPM_WORKERS", "4",
                "JETTY_PHP_FPM_TARGET", "[::1]:9000", "JETTY_PHP_FPM_PARAM", "APP_ENV=a=b;EMPTY=", "JETTY_PHP_FPM_INI", "memory_limit=1g",
                "JETTY_PHP_FPM_ADMIN_INI", "open_basedir=/srv:/tmp", "PATH", "/bin");
        Map<String, String> prefixed = new HashMap<>(Map.of("com.example.maxConnections", "9"));
        camel.forEach((name, value) -> prefixed.put("php." + name, value));
        for (List<SettingSource> sources : List.of(flags, List.of(source(FILE, camel)), List.of(source(INIT_PARAM, camel)),
                List.of(SettingSource.environment(upper)), List.of(source(CONTEXT_PARAM, prefixed)))) {
            Settings settings = reader.read(sources);
            assertEquals(pool, settings.get(Pool.class), sources.get(0).kind().name());
            assertEquals(cgi, settings.get(Cgi.class), sources.get(0).kind().name());
        }
    }

    static Stream<Arguments> everyPair() {
        return Stream.of(Kind.values()).flatMap(stronger -> Stream.of(Kind.values()).filter(weaker -> stronger.ordinal() < weaker.ordinal())
                .map(weaker -> Arguments.of(stronger, weaker)));
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void ofEachPairOfSourcesTheStrongerCountsInEitherOrder(Kind stronger, Kind weaker) {
        List<SettingSource> sources = new ArrayList<>(List.of(connections(stronger, "11"), connections(weaker, "22")));
        assertEquals(11, reader.read(sources).get(Pool.class).maxConnections());
        Collections.reverse(sources);
        assertEquals(11, reader.read(sources).get(Pool.class).maxConnections());
    }

    @Test
    void theOrderIsFlagEnvironmentFileInitParamContextParamPresetDefault() {
        assertEquals(List.of(Kind.SITE, FLAG, ENVIRONMENT, FILE, INIT_PARAM, CONTEXT_PARAM, Kind.PRESET, Kind.DEFAULT),
                List.of(Kind.values()));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everySourceIsStrongerThanTheDefault(Kind kind) {
        assertEquals(11, reader.read(List.of(connections(kind, "11"))).get(Pool.class).maxConnections());
    }

    record Lists(
            @Setting(byDefault = "a", adds = true, text = "") List<String> deny,
            @Setting(adds = true, text = "") List<String> noExec,
            @Setting(byDefault = "x", text = "") List<String> index) {}

    /** Who denies one thing more must not open what a preset has denied. */
    @Test
    void listsThatAddKeepWhatAPresetHas() {
        SettingSource preset = new SettingSource(Kind.PRESET, "shop", Map.of("deny", "b", "noExec", "/u", "index", "y"));
        SettingSource flag = SettingSource.flag("deny", "c");
        Settings settings = new SettingsReader(List.of(Lists.class)).read(List.of(flag, SettingSource.flag("index", "z"), preset));
        assertEquals(new Lists(List.of("a", "b", "c"), List.of("/u"), List.of("z")), settings.get(Lists.class));
        assertEquals(List.of("default and preset shop and flag --deny", "preset shop", "flag --index"),
                settings.effective().stream().map(EffectiveSetting::origin).toList());
    }

    record Rules(@Setting(adds = true, text = "") TextLines rewrite) {}

    /** The first rule that applies counts: a site's own, then what is said for all, then a preset's. */
    @Test
    void linesThatAddComeBeforeThoseOfAPreset() {
        SettingsReader rules = new SettingsReader(List.of(Rules.class));
        SettingSource preset = new SettingSource(Kind.PRESET, "shop", Map.of("rewrite", "p\nq"));
        SettingSource flag = SettingSource.flag("rewrite", "a\nb");
        SettingSource site = new SettingSource(Kind.SITE, "site", Map.of("rewrite", "s"));
        Settings settings = rules.read(List.of(preset, flag));
        assertEquals(List.of("a", "b", "", "p", "q"), settings.get(Rules.class).rewrite().lines());
        assertEquals("flag --rewrite and preset shop", settings.effective().get(0).origin());
        assertEquals(List.of("s", "", "a", "b", "", "p", "q"),
                rules.read(List.of(preset, flag, site)).get(Rules.class).rewrite().lines());
    }

    @Test
    void groupsAreMergedEntryByEntry() {
        Settings settings = reader.read(List.of(SettingSource.flag("ini", "memory_limit=1g"),
                source(FILE, Map.of("ini.memory_limit", "2g", "ini.display_errors", "0"))));
        assertEquals(Map.of("memory_limit", "1g", "display_errors", "0"), settings.get(Cgi.class).ini());
    }

    @Test
    void anEmptyListSwitchesADefaultOff() {
        assertEquals(List.of(), reader.read(List.of(source(FILE, Map.of("index", "")))).get(Script.class).index());
    }

    @Test
    void whiteSpaceAroundAValueDoesNotCount() {
        Settings settings = reader.read(List.of(source(INIT_PARAM, Map.of("documentRoot", "\n   /srv/www\n  ", "param.A", " x "))));
        assertEquals(Path.of("/srv/www"), settings.get(Script.class).documentRoot());
        assertEquals(Map.of("A", "x"), settings.get(Cgi.class).param());
    }

    @Test
    void filterAndServletMayGiveTheSameValueInDifferentWords() {
        Settings settings = reader.read(List.of(new SettingSource(INIT_PARAM, "filter php-fpm-filter", Map.of("queueTimeout", "60s")),
                new SettingSource(INIT_PARAM, "servlet php-fpm", Map.of("queueTimeout", "1m"))));
        assertEquals(Duration.ofMinutes(1), settings.get(Pool.class).queueTimeout());
    }

    @Test
    void filterAndServletThatDifferAreRefusedNamingBoth() {
        assertEquals("""
                A setting cannot be used:
                  init-param queueTimeout of filter php-fpm-filter = "60s": given again, differently, \
                as init-param queueTimeout of servlet php-fpm = "2m"; give it once, or the same twice""",
                refusal(List.of(new SettingSource(INIT_PARAM, "filter php-fpm-filter", Map.of("queueTimeout", "60s")),
                        new SettingSource(INIT_PARAM, "servlet php-fpm", Map.of("queueTimeout", "2m")))));
    }

    @Test
    void aFlagGivenTwiceDifferentlyIsRefused() {
        assertEquals("""
                A setting cannot be used:
                  flag --workers = "2": given again, differently, as flag --workers = "3"; give it once, or the same twice""",
                refusal(List.of(SettingSource.flag("workers", "2"), SettingSource.flag("workers", "3"))));
    }

    @Test
    void aBadValueIsRefusedEvenWhereAStrongerSourceWins() {
        assertEquals("""
                A setting cannot be used:
                  maxConnections in /etc/x.properties = "many": expected a whole number, such as 32""",
                refusal(List.of(connections(FLAG, "3"), new SettingSource(FILE, "/etc/x.properties", Map.of("maxConnections", "many")))));
    }

    @Test
    void whatAConstructorRefusesIsReportedWithThePlaceThatGaveIt() {
        assertEquals("""
                A setting cannot be used:
                  environment variable JETTY_PHP_FPM_MAX_CONNECTIONS = "0": maxConnections is at least 1""",
                refusal(List.of(SettingSource.environment(Map.of("JETTY_PHP_FPM_MAX_CONNECTIONS", "0", "JETTY_PHP_FPM_TARGET", "9000")))));
        assertEquals("""
                A setting cannot be used:
                  flag --workers = "40": workers must not be more than maxConnections""",
                refusal(List.of(SettingSource.flag("workers", "40"))));
        assertEquals("""
                A setting cannot be used:
                  maxConnections in f and flag --workers: workers must not be more than maxConnections""",
                refusal(List.of(new SettingSource(FILE, "f", Map.of("maxConnections", "4")), SettingSource.flag("workers", "5"))));
        assertEquals("""
                A setting cannot be used:
                  flag --ini = "/tmp/x": ini.error_log is ours""",
                refusal(List.of(SettingSource.flag("ini", "a=b"), SettingSource.flag("ini", "error_log=/tmp/x"))));
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertEquals("""
                6 settings cannot be used:
                  flag --max-conections: there is no such setting; did you mean --max-connections?
                  environment variable JETTY_PHP_FPM_QUEUE_TIMEOUT = "30": the unit is missing: 30ms or 30s? a duration is a whole number \
                and its unit, ms, s, m or h, such as 500ms, 30s, 2m, 1h, or 0
                  checkFile in f = "maybe": expected true, on or yes, or false, off or no
                  init-param scriptRoot of servlet php-fpm = "": an empty value is not understood; leave the setting out to have its default
                  context-param php.spoolPlace of /blog = "tape": expected one of memory, local-disk
                  flag --ini = "/tmp/x": ini.error_log is ours
                Flags: --admin-ini NAME=value, --check-file, --document-root, --fallback, --index, --ini NAME=value, --max-connections, \
                --max-response-header, --param NAME=value, --queue-timeout, --response-timeout, --script-extensions, --script-root, \
                --spool-place, --target, --workers""",
                refusal(List.of(SettingSource.flag("max-conections", "3"), SettingSource.flag("ini", "error_log=/tmp/x"),
                        SettingSource.environment(Map.of("JETTY_PHP_FPM_QUEUE_TIMEOUT", "30")),
                        new SettingSource(FILE, "f", Map.of("checkFile", "maybe")),
                        new SettingSource(INIT_PARAM, "servlet php-fpm", Map.of("scriptRoot", "")),
                        new SettingSource(CONTEXT_PARAM, "/blog", Map.of("php.spoolPlace", "tape")))));
    }

    @Test
    void theProblemsCanBeReadOneByOne() {
        SettingsException refused = assertThrows(SettingsException.class, () -> reader.read(List.of(connections(FLAG, "x"))));
        assertEquals(List.of(new SettingProblem("flag --max-connections", "maxConnections", "x", "expected a whole number, such as 32")),
                refused.problems());
    }

    @Test
    void aValueCannotForgeALineOfTheLogNorShowACredential() {
        String message = refusal(List.of(source(INIT_PARAM, Map.of("target", "a\r\nb", "param.DB_PASSWORD", "sec\tret"))));
        assertTrue(message.contains("= \"a\\u000d\\u000ab\""), message);
        assertTrue(message.contains("init-param param.DB_PASSWORD = \"(not shown)\""), message);
        assertFalse(message.contains("sec"), message);
    }

    @Test
    void theEffectiveListingHasEveryValueItsOriginAndNoCredential() {
        Settings settings = reader.read(List.of(SettingSource.flag("max-connections", "9"), SettingSource.flag("param", "APP_ENV=prod"),
                SettingSource.environment(Map.of("JETTY_PHP_FPM_INI", "memory_limit=1g")),
                new SettingSource(FILE, "/etc/x.properties", Map.of("queueTimeout", "120s", "param.DB_Password", "hunter2",
                        "param.DATABASE_URL", "mysql://app:hunter2@db/app")),
                new SettingSource(INIT_PARAM, "filter f", Map.of("index", "a.php, b.php"))));
        List<String> lines = settings.effective().stream()
                .map(line -> line.name() + " = " + line.value() + " (" + line.origin() + ")").sorted().toList();
        assertEquals("""
                checkFile = true (default)
                documentRoot = null (default)
                fallback = null (default)
                index = a.php b.php (init-param index of filter f)
                ini.memory_limit = 1g (environment variable JETTY_PHP_FPM_INI)
                maxConnections = 9 (flag --max-connections)
                maxResponseHeader = 256k (default)
                param.APP_ENV = prod (flag --param)
                param.DATABASE_URL = (not shown) (param.DATABASE_URL in /etc/x.properties)
                param.DB_Password = (not shown) (param.DB_Password in /etc/x.properties)
                queueTimeout = 2m (queueTimeout in /etc/x.properties)
                responseTimeout = 1m (default)
                scriptExtensions = php (default)
                scriptRoot = null (default)
                spoolPlace = memory (default)
                target = null (default)
                workers = null (default)""", String.join("\n", lines));
        assertEquals("maxConnections", settings.effective().get(0).name());
    }

    @Test
    void descriptionsComeInTheOrderOfDeclaration() {
        List<SettingDescription> descriptions = reader.describe();
        assertEquals(new SettingDescription("maxConnections", false, "number", "32", "Connections at most.", Pool.class),
                descriptions.get(0));
        SettingDescription adminIni = descriptions.get(descriptions.size() - 1);
        assertTrue(adminIni.group());
        assertEquals(List.of("--admin-ini", "JETTY_PHP_FPM_ADMIN_INI", "php.adminIni", "NAME=value"),
                List.of(adminIni.flag(), adminIni.environmentVariable(), adminIni.contextParam(), adminIni.type()));
        assertEquals("memory|local-disk", descriptions.get(12).type());
    }

    record Undeclared() {}

    @Test
    void aRecordThatTheReaderWasNotGivenIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> reader.read(List.of()).get(Undeclared.class));
    }

    private String refusal(List<SettingSource> sources) {
        return assertThrows(SettingsException.class, () -> reader.read(sources)).getMessage();
    }

    private static SettingSource connections(Kind kind, String value) {
        return source(kind, Map.of(Spelling.of(kind, "maxConnections"), value));
    }

    private static SettingSource source(Kind kind, Map<String, String> values) {
        return new SettingSource(kind, "", values);
    }
}
