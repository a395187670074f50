package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jettyphp.config.SettingDescription;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingSource.Kind;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.script.FileSettings;
import org.jettyphp.script.ScriptSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {

    private static final String WORDPRESS = "wp-settings.php wp-load.php wp-includes/version.php index.php";
    private static final String MEDIAWIKI = "load.php api.php includes/WebStart.php index.php";
    private static final String LARAVEL = "artisan bootstrap/app.php public/index.php";

    private final SettingsReader reader = ServerSettings.reader();

    @TempDir Path temporary;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(temporary.resolve("app"));
    }

    private void write(String files) throws IOException {
        for (String name : files.split(" ")) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    private Application auto(Path served, SettingSource... more) {
        Stream<SettingSource> usual =
                Stream.of(SettingSource.flag("document-root", served.toString()), SettingSource.flag("preset", "auto"));
        return Application.of(Stream.concat(usual, Stream.of(more)).toList(), reader::read);
    }

    private static Path root(Application application) {
        return application.settings().get(ScriptSettings.class).documentRoot();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wordpress  |        | wp-settings.php wp-load.php wp-includes/version.php index.php
            nextcloud  |        | remote.php ocs/v2.php lib/base.php index.php
            mediawiki  |        | load.php api.php includes/WebStart.php index.php
            dokuwiki   |        | doku.php inc/init.php lib/exe/fetch.php index.php
            joomla     |        | administrator/index.php includes/framework.php administrator/manifests/files/joomla.xml
            drupal     |        | index.php core/lib/Drupal.php core/includes/bootstrap.inc
            drupal     | web    | composer.json web/index.php web/core/lib/Drupal.php web/core/includes/bootstrap.inc
            drupal     | docroot| docroot/index.php docroot/core/lib/Drupal.php docroot/core/includes/bootstrap.inc
            phpmyadmin |        | index.php themes/pmahomme/theme.json
            phpmyadmin | public | bin/console public/index.php public/themes/pmahomme/theme.json
            laravel    | public | artisan bootstrap/app.php public/index.php
            symfony    | public | bin/console public/index.php
            plain      |        | index.php
            plain      |        | index.html wp-content/x.txt
            plain      |        | blog/wp-settings.php blog/wp-load.php blog/wp-includes/version.php blog/index.php
            plain      |        | artisan index.php
            plain      |        | public/index.php
            plain      |        | web/artisan web/bootstrap/app.php web/public/index.php
            """)
    void anApplicationIsKnownByItsFiles(String name, String below, String files) throws IOException {
        write(files);
        Presets.Found found = Presets.in(directory).get(0);
        assertEquals(name, found.preset().name());
        assertEquals(below == null ? directory : directory.resolve(below), found.root());
        assertEquals(root(auto(directory)), found.root());
    }

    @Test
    void whoServesPublicItselfServesNothingAboveIt() throws IOException {
        write(LARAVEL + " docs/index.php");
        assertEquals("laravel", Presets.in(directory.resolve("public")).get(0).preset().name());
        assertEquals(directory.resolve("public"), root(auto(directory.resolve("public"))));
        assertEquals("plain", Presets.in(directory.resolve("docs")).get(0).preset().name());
        Path link = Files.createSymbolicLink(temporary.resolve("www"), directory.resolve("public"));
        assertEquals("laravel", Presets.in(link).get(0).preset().name());
        assertEquals(link, root(auto(link)), "a link that a deploy switches stays one");
    }

    @Test
    void ofTwoTheOneThatTheDirectoryItselfBelongsToIsTakenAndThenTheFirstOfTheList() throws IOException {
        write(LARAVEL + " " + MEDIAWIKI);
        assertEquals(List.of("mediawiki", "laravel"), names());
        assertTrue(auto(directory).announcement().contains("Laravel found too, and not taken; --preset laravel takes it instead"));
        write(WORDPRESS);
        assertEquals(List.of("wordpress", "mediawiki", "laravel"), names());
    }

    @Test
    void whoWritesTryFilesHasNoFallbackOfAPreset() throws IOException {
        write(WORDPRESS);
        Application application = auto(directory, SettingSource.flag("try-files", "$uri $uri/ /index.php?$args"));
        assertEquals(null, application.settings().get(ScriptSettings.class).fallback());
        assertFalse(application.announcement().get(0).contains("fallback"), application.announcement().toString());
        assertEquals("/index.php", auto(directory).settings().get(ScriptSettings.class).fallback());
    }

    private List<String> names() {
        return Presets.in(directory).stream().map(found -> found.preset().name()).toList();
    }

    @ParameterizedTest
    @MethodSource("theNames")
    void aPresetHoldsSettingsThatThereAreAndThatCanBeUsed(String name) {
        Preset preset = Preset.read(name);
        SettingSource source = new SettingSource(Kind.FILE, name, preset.settingsFor(directory));
        assertFalse(reader.read(List.of(source)).get(FileSettings.class).deny().isEmpty());
        String described = reader.describe().stream().filter(setting -> setting.name().equals("preset")).map(SettingDescription::text)
                .findFirst().orElseThrow();
        assertTrue(described.contains(" " + name + ","), described);
    }

    static List<String> theNames() {
        return Presets.NAMES;
    }

    @ParameterizedTest
    @MethodSource("theNames")
    void theDocumentationHasItAsItIs(String name) throws IOException {
        Preset preset = Preset.read(name);
        String settings = preset.settings().entrySet().stream()
                .flatMap(entry -> entry.getValue().lines().map(line -> "`" + entry.getKey() + "=" + line.strip().replace("|", "\\|") + "`"))
                .collect(Collectors.joining("; "));
        String row = "| `" + name + "` | " + inCode(preset.knownBy()) + " | " + inCode(preset.roots()) + " | " + settings + " |\n";
        String page = Files.readString(Path.of("src/site/markdown/applications.md"));
        assertTrue(page.contains(row), row);
    }

    private static String inCode(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(" "));
    }

    @Test
    void whatAUserSetsIsStronger() throws IOException {
        write(WORDPRESS);
        Application application = auto(directory, new SettingSource(Kind.CONTEXT_PARAM, "", java.util.Map.of("php.fallback", "/other.php")),
                SettingSource.flag("no-exec", "/mine"));
        assertEquals("/other.php", application.settings().get(ScriptSettings.class).fallback());
        assertEquals(List.of("/wp-content/uploads", "/wp-content/blogs.dir", "/mine"),
                application.settings().get(FileSettings.class).noExec());
        assertEquals(List.of("WordPress found: no execution under /wp-content/uploads /wp-content/blogs.dir, "
                + "param.SERVER_SOFTWARE jetty-php-fpm (follows .htaccess, like Apache)"), application.announcement());
    }

    @Test
    void rulesThatAUserAddsComeBeforeThoseOfThePreset() throws IOException {
        write("doku.php inc/init.php lib/exe/fetch.php index.php");
        Application application = auto(directory, SettingSource.flag("rewrite", "Redirect 301 /old /new"));
        List<String> rules = application.settings().get(FileSettings.class).rewrite().lines();
        assertEquals(List.of("Redirect 301 /old /new", "", "RewriteRule ^_media/(.*) lib/exe/fetch.php?media=$1 [B,QSA,L]"),
                rules.subList(0, 3));
        assertTrue(application.announcement().get(0).contains(", rules of rewrite, "), application.announcement().toString());
    }

    @Test
    void aPresetCanBeChosenAndThereCanBeNone() throws IOException {
        write(WORDPRESS);
        Application none = Application.of(List.of(SettingSource.flag("document-root", directory.toString())), reader::read);
        assertEquals(List.of(), none.announcement());
        Application chosen = Application.of(List.of(SettingSource.flag("document-root", directory.toString()),
                SettingSource.flag("preset", "drupal")), reader::read);
        assertEquals(directory, root(chosen));
        assertTrue(chosen.announcement().get(0).startsWith("Drupal: fallback /index.php, no execution under /sites "),
                chosen.announcement().toString());
        assertEquals(List.of(), auto(temporary).announcement(), "nothing is known of a plain directory");
    }

    @Test
    void laravelsLinkToItsStorageMayBeFollowedUnlessItsPathCannotStandInAList() throws IOException {
        write(LARAVEL);
        assertEquals(List.of(directory + "/public/../storage/app/public"),
                auto(directory).settings().get(FileSettings.class).allowedRoots());
        Path spaced = Files.move(directory, temporary.resolve("my app"));
        assertEquals(List.of(), auto(spaced).settings().get(FileSettings.class).allowedRoots());
    }

    @Test
    void theProgramShowsWhereAValueComesFromAndRefusesANameThatThereIsNot() throws IOException {
        write(WORDPRESS);
        String shown = run("serve", directory.toString(), "--show-config");
        assertTrue(shown.startsWith("# WordPress found: fallback /index.php, no execution under /wp-content/uploads"), shown);
        assertTrue(shown.lines().anyMatch(line -> line.matches("fallback +/index.php +# preset wordpress")), shown);
        assertTrue(shown.lines().anyMatch(line -> line.matches("preset +auto +# default preset of serve")), shown);
        assertFalse(run("serve", directory.toString(), "--show-config", "--preset", "none").contains("wordpress"));
        assertTrue(run("serve", directory.toString(), "--preset", "wordpres").contains(
                "flag --preset = \"wordpres\": preset is 'wordpres'; there are auto, none, wordpress, nextcloud, "));
    }

    private static String run(String... arguments) {
        StringWriter shown = new StringWriter();
        java.io.PrintStream before = System.err;
        java.io.ByteArrayOutputStream refused = new java.io.ByteArrayOutputStream();
        try {
            System.setErr(new java.io.PrintStream(refused, true, java.nio.charset.StandardCharsets.UTF_8));
            Main.program().setOut(new PrintWriter(shown)).execute(arguments);
        } finally {
            System.setErr(before);
        }
        return shown + refused.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
}
