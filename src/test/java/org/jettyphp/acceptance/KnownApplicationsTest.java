package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that are known by their files are served as they need it, with nothing set but {@code preset=auto}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownApplicationsTest {

    /** Says how it was called. */
    private static final String SCRIPT = """
            <?php foreach (['SCRIPT_NAME', 'PATH_INFO', 'QUERY_STRING', 'REQUEST_URI', 'front_controller_active'] as $name) {
                echo $_SERVER[$name] ?? '-', ' ';
            }
            """;

    private static final Map<String, String> FILES = Map.of(
            "wordpress", "index.php wp-settings.php wp-load.php wp-includes/version.php wp-login.php wp-content/uploads/evil.php",
            "nextcloud", "index.php remote.php ocs/v2.php lib/base.php apps/files/app.js data/me/x.txt config/config.php occ",
            "mediawiki", "index.php load.php api.php rest.php includes/WebStart.php images/evil.php images/a.png images/deleted/x.png",
            "dokuwiki", "index.php doku.php inc/init.php lib/exe/fetch.php lib/exe/detail.php data/pages/x.txt conf/users.auth.php",
            "joomla",
            "index.php api/index.php administrator/index.php includes/framework.php administrator/manifests/files/joomla.xml images/evil.php",
            "drupal", "web/index.php web/core/lib/Drupal.php web/core/includes/bootstrap.inc web/core/install.php "
                    + "web/sites/default/files/evil.php web/modules/x/x.module web/core/modules/x/y.yml vendor/autoload.php",
            "phpmyadmin", "index.php themes/pmahomme/theme.json libraries/x.js setup/index.php",
            "laravel", "artisan bootstrap/app.php public/index.php public/uploads/evil.php storage/app/public/a.txt storage/secret.txt",
            "symfony", "bin/console public/index.php public/bundles/evil.php src/Kernel.php");

    private final CapturedLog log = new CapturedLog();
    private final Map<String, PhpServer> servers = new java.util.HashMap<>();
    private Path root;
    private RealFpm fpm;

    @BeforeAll
    void startAll() throws Exception {
        root = Trees.create();
        fpm = RealFpm.onUnixSocket(Map.of("pm.max_children", "2"));
        for (Map.Entry<String, String> application : FILES.entrySet()) {
            Path directory = root.resolve(application.getKey());
            for (String file : application.getValue().split(" ")) {
                Trees.write(directory, file, file.endsWith(".php") ? SCRIPT : "content");
            }
        }
        Trees.write(root.resolve("wordpress"), "software.php", "<?= $_SERVER['SERVER_SOFTWARE'];");
        Files.createSymbolicLink(root.resolve("laravel/public/storage"), root.resolve("laravel/storage/app/public"));
        Files.createSymbolicLink(root.resolve("laravel/public/leak.txt"), root.resolve("laravel/storage/secret.txt"));
        for (String name : FILES.keySet()) {
            PhpServer server = PhpServer.serving(root.resolve(name)).target(fpm.target()).maxConnections(2).port(0).set("preset", "auto")
                    .set("accessLog", "off").set("stopTimeout", "500ms").build();
            servers.put(name, server);
            server.start();
        }
    }

    @AfterAll
    void stopAll() throws Exception {
        for (PhpServer server : servers.values()) {
            server.close();
        }
        fpm.close();
        log.close();
        Trees.delete(root);
    }

    private Reply ask(String name, String method, String path) throws Exception {
        try (RawHttp http = new RawHttp(servers.get(name).port())) {
            return http.send(method, path, "").read();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wordpress  | GET      | /2026/05/hello-world/?x=1     | /index.php - x=1 /2026/05/hello-world/?x=1 -
            wordpress  | GET      | /wp-json/wp/v2/posts          | /index.php -  /wp-json/wp/v2/posts -
            wordpress  | GET      | /wp-login.php                 | /wp-login.php -  /wp-login.php -
            mediawiki  | GET      | /wiki/AC%2FDC?action=raw      | /index.php - action=raw /wiki/AC%2FDC?action=raw -
            mediawiki  | GET      | /wiki/Notes.log               | /index.php -  /wiki/Notes.log -
            mediawiki  | GET      | /rest.php/v1/page/A           | /rest.php /v1/page/A  /rest.php/v1/page/A -
            dokuwiki   | GET      | /wiki/syntax?do=edit          | /doku.php - id=/wiki/syntax&do=edit /wiki/syntax?do=edit -
            dokuwiki   | GET      | /wiki/?do=index               | /doku.php - id=wiki%2f&do=index /wiki/?do=index -
            dokuwiki   | GET      | /doku.php/wiki/syntax         | /doku.php /wiki/syntax  /doku.php/wiki/syntax -
            dokuwiki   | GET      | /doku.php/wiki/               | /doku.php /wiki/  /doku.php/wiki/ -
            dokuwiki   | GET      | /_media/wiki/a%20b%26c.png?w=2| /lib/exe/fetch.php - media=wiki%2fa+b%26c%2epng&w=2 /_media/wiki/a%20b%26c.png?w=2 -
            dokuwiki   | GET      | /_detail/wiki/a.png           | /lib/exe/detail.php - media=wiki%2fa%2epng /_detail/wiki/a.png -
            dokuwiki   | GET      | /_export/raw/wiki/syntax      | /doku.php - do=export_raw&id=wiki%2fsyntax /_export/raw/wiki/syntax -
            joomla     | GET      | /api/v1/content?a=1           | /api/index.php - a=1 /api/v1/content?a=1 -
            joomla     | GET      | /api/index.php/v1/content     | /api/index.php /v1/content  /api/index.php/v1/content -
            joomla     | GET      | /blog/first-article           | /index.php -  /blog/first-article -
            drupal     | GET      | /node/1?page=2                | /index.php - page=2 /node/1?page=2 -
            drupal     | GET      | /core/install.php             | /core/install.php -  /core/install.php -
            laravel    | GET      | /users/1?tab=a                | /index.php - tab=a /users/1?tab=a -
            symfony    | POST     | /blog/new                     | /index.php -  /blog/new -
            phpmyadmin | GET      | /index.php?route=/sql         | /index.php - route=/sql /index.php?route=/sql -
            nextcloud  | GET      | /index.php/apps/files         | /index.php /apps/files  /index.php/apps/files true
            nextcloud  | GET      | /apps/files/                  | /index.php /apps/files/  /apps/files/ true
            nextcloud  | PROPFIND | /remote.php/dav/files/me/a%20b| /remote.php /dav/files/me/a b  /remote.php/dav/files/me/a%20b true
            nextcloud  | GET      | /.well-known/webfinger?r=a    | /index.php /.well-known/webfinger r=a /.well-known/webfinger?r=a true
            """)
    void aPrettyUrlReachesItsFrontController(String name, String method, String path, String said) throws Exception {
        Reply reply = ask(name, method, path);
        assertEquals(200, reply.status(), log.text());
        assertEquals(said, reply.body().strip());
    }

    @ParameterizedTest
    @CsvSource({"wordpress, /wp-content/uploads/evil.php, 403", "joomla, /images/evil.php, 403", "laravel, /uploads/evil.php, 403",
            "laravel, /leak.txt, 403", "symfony, /bundles/evil.php, 403", "mediawiki, /images/evil.php, 403",
            "mediawiki, /images/deleted/x.png, 404", "mediawiki, /includes/WebStart.php, 404", "dokuwiki, /data/pages/x.txt, 404",
            "dokuwiki, /conf/users.auth.php, 404", "drupal, /sites/default/files/evil.php, 403", "drupal, /modules/x/x.module, 404",
            "drupal, /core/modules/x/y.yml, 404", "drupal, /core/lib/Drupal.php, 403", "phpmyadmin, /setup/index.php, 404",
            "phpmyadmin, /libraries/x.js, 404", "nextcloud, /data/me/x.txt, 404", "nextcloud, /config/config.php, 404",
            "nextcloud, /occ, 404"})
    void whatIsNotForTheWebIsNotServed(String name, String path, int status) throws Exception {
        assertEquals(status, ask(name, "GET", path).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/carddav", "/.well-known/caldav"})
    void addressBooksAndCalendarsAreFound(String path) throws Exception {
        Reply reply = ask("nextcloud", "PROPFIND", path);
        assertEquals(301, reply.status());
        assertEquals("/remote.php/dav/", reply.header("Location"));
    }

    @ParameterizedTest
    @CsvSource({"mediawiki, /images/a.png", "laravel, /storage/a.txt", "nextcloud, /apps/files/app.js"})
    void plainFilesAreServed(String name, String path) throws Exception {
        assertEquals("content", ask(name, "GET", path).body());
    }

    @ParameterizedTest
    @CsvSource({"laravel, /artisan", "laravel, /bootstrap/app.php", "symfony, /src/Kernel.php", "drupal, /vendor/autoload.php"})
    void whatLiesAboveTheDocumentRootIsOutOfReach(String name, String path) throws Exception {
        assertEquals("/index.php -  " + path + " -", ask(name, "GET", path).body().strip());
    }

    /** As its wp-includes/vars.php looks for it; without it settings of permalinks have an /index.php in front. */
    @Test
    void wordPressOffersPrettyUrls() throws Exception {
        assertEquals("jetty-php-fpm (follows .htaccess, like Apache)", ask("wordpress", "GET", "/software.php").body());
    }

    @Test
    void whatWasFoundIsSaid() {
        assertTrue(log.text().contains(
                "WordPress found: fallback /index.php, no execution under /wp-content/uploads /wp-content/blogs.dir"), log.text());
        assertTrue(log.text().contains(
                "Laravel found: document root public, fallback /index.php, no execution under /*/*, links may lead to ../storage/app/public"),
                log.text());
    }
}
