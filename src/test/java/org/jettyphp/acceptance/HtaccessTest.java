package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code htaccess}, in the embedded server, in front of the real php-fpm. */
class HtaccessTest extends BehindRealFpm {

    private static final String FRONT = "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^ index.php [L]\n";

    @BeforeEach
    void createFront() throws Exception {
        Trees.write(root, "index.php",
                "<?php foreach (['REQUEST_URI', 'SCRIPT_NAME', 'PATH_INFO', 'QUERY_STRING', 'REDIRECT_URL', 'REDIRECT_STATUS',"
                        + " 'A', 'HTTPS', 'HTTP_X_OWN', 'PHP_VALUE', 'SCRIPT_FILENAME', 'REQUEST_METHOD'] as $n) echo $n, '=', $_SERVER[$n] ?? '-', ' ';");
    }

    private void rules(String... lines) throws Exception {
        Trees.write(root, ".htaccess", String.join("\n", lines));
    }

    private String body(String path, String... headers) throws Exception {
        return RawHttp.get(port(), path, headers).text();
    }

    private int status(String path) throws Exception {
        return RawHttp.get(port(), path).status();
    }

    @Test
    void aRewrittenUrlKeepsItsNameForPhp() throws Exception {
        rules("RewriteEngine On", "RewriteRule ^wiki/(.*)$ index.php?title=$1 [L,QSA]");
        serve();
        String said = body("/wiki/Main_Page?action=edit");
        assertTrue(said.contains(
                "REQUEST_URI=/wiki/Main_Page?action=edit SCRIPT_NAME=/index.php PATH_INFO=- QUERY_STRING=title=Main_Page&action=edit "
                        + "REDIRECT_URL=- REDIRECT_STATUS=200 "),
                said);
    }

    @Test
    void whatChangesCountsFromTheNextRequestOn() throws Exception {
        serve();
        assertEquals(404, status("/none"));
        rules(FRONT);
        assertEquals(200, status("/none"));
        rules(FRONT, "Require all denied");
        assertEquals(403, status("/none"));
        Files.delete(root.resolve(".htaccess"));
        assertEquals(404, status("/none"));
    }

    @Test
    void itIsOffWhereSomebodySaysSo() throws Exception {
        rules("Require all denied");
        serve("htaccess", "off");
        assertEquals(200, status("/index.php"));
    }

    @Test
    void nothingThatIsDeniedOrMustNotRunIsReachedByIt() throws Exception {
        Trees.write(root, "secret.sql", "secret");
        Trees.write(root, "files/run.php", "<?php echo 'ran';");
        Files.createSymbolicLink(root.resolve("out.txt"), Path.of("/etc/hostname"));
        rules("Require all granted", "RewriteEngine On", "RewriteRule ^sql$ secret.sql", "RewriteRule ^run$ files/run.php",
                "RewriteRule ^link$ out.txt",
                "RewriteRule ^rules$ .htaccess", "RewriteRule ^up$ ../../etc/hostname", "RewriteRule ^passwd$ /etc/passwd");
        serve("noExec", "/files", "allow", ".htaccess");
        assertEquals(404, status("/sql"));
        assertEquals(404, status("/secret.sql"));
        assertEquals(403, status("/run"));
        assertEquals(403, status("/link"));
        assertEquals(404, status("/rules"));
        assertEquals(404, status("/.htaccess"));
        assertEquals(400, status("/up"));
        assertEquals(404, status("/passwd"));
    }

    @Test
    void scriptsDoNotRunWhereTheEngineIsOff() throws Exception {
        Trees.write(root, "images/.htaccess", "<IfModule php_module>\nphp_flag engine off\n</IfModule>");
        Trees.write(root, "images/evil.php", "<?php echo 'ran';");
        Trees.write(root, "handler/.htaccess", "<Files *>\nSetHandler None\n</Files>");
        Trees.write(root, "handler/evil.php", "<?php echo 'ran';");
        serve();
        assertEquals(403, status("/images/evil.php"));
        assertEquals(403, status("/handler/evil.php"));
    }

    /** Under Apache's module they ran: their source is nobody's to read. */
    @Test
    void whatRulesHaveRunAsPhpRunsOrIsRefused() throws Exception {
        for (String name : List.of("page.html", "db.class", "part.tpl", "article", "story", "plain.txt", "a.shtml")) {
            Trees.write(root, name, "<?php echo 'ran';");
        }
        rules("AddHandler application/x-httpd-php .php .html .class", "AddType application/x-httpd-php .tpl", "<Files article>",
                "ForceType application/x-httpd-php", "</Files>", "<Files story>", "SetHandler php-script", "</Files>",
                "AddOutputFilter INCLUDES;DEFLATE .shtml", "AddOutputFilter DEFLATE .txt");
        serve();
        assertEquals(200, status("/index.php"));
        assertEquals(200, status("/plain.txt"));
        for (String name : List.of("/page.html", "/db.class", "/part.tpl", "/article", "/story", "/a.shtml")) {
            assertEquals(403, status(name), name);
        }
        Trees.write(root, "sub/.htaccess", "AddHandler default-handler .html\nForceType text/plain");
        Trees.write(root, "sub/page.html", "not PHP");
        assertEquals("not PHP", body("/sub/page.html"));
    }

    @Test
    void variablesReachPhpButNoneThatMeansSomethingToIt() throws Exception {
        rules("SetEnv A one", "SetEnv PHP_VALUE auto_prepend_file=/etc/passwd", "SetEnv PHP_ADMIN_VALUE x=y",
                "SetEnv SCRIPT_FILENAME /etc/passwd",
                "SetEnv HTTP_X_OWN two", "SetEnv REDIRECT_URL /x", "SetEnvIf X-Forwarded-Proto https HTTPS=on");
        serve();
        String said = body("/index.php", "X-Forwarded-Proto: https");
        assertTrue(said.contains(" A=one HTTPS=on HTTP_X_OWN=- PHP_VALUE=- SCRIPT_FILENAME=" + root + "/index.php "), said);
        assertTrue(said.contains("REDIRECT_URL=- "), said);
    }

    @Test
    void anErrorHasItsDocument() throws Exception {
        rules("ErrorDocument 404 /index.php?error=404", "ErrorDocument 403 \"not <b>you</b>\"", "ErrorDocument 410 https://a.example/gone",
                "Redirect gone /old", "<Files secret.txt>", "Require all denied", "</Files>");
        Trees.write(root, "secret.txt", "secret");
        serve();
        Reply missing = RawHttp.get(port(), "/none?x=1");
        assertEquals(404, missing.status());
        assertTrue(missing.text().contains("REQUEST_URI=/none?x=1 SCRIPT_NAME=/index.php PATH_INFO=- QUERY_STRING=error=404"),
                missing.text());
        Reply posted = RawHttp.post(port(), "/none", "a=b");
        assertEquals(404, posted.status());
        assertTrue(posted.text().contains("REQUEST_METHOD=GET"), posted.text());
        assertEquals("not <b>you</b>", body("/secret.txt"));
        assertEquals("https://a.example/gone", RawHttp.get(port(), "/old").header("Location"));
    }

    @Test
    void aDirectoryHasItsIndexAndAFallback() throws Exception {
        Trees.write(root, "home/start.html", "started");
        Trees.write(root, "home/.htaccess", "DirectoryIndex none.html start.html\nFallbackResource /home/start.html");
        serve();
        assertEquals("started", body("/home/"));
        assertEquals("started", body("/home/no/such/file"));
        assertEquals(404, status("/elsewhere"));
    }

    @ParameterizedTest
    @CsvSource({"fallback, /front/index.php", "tryFiles, $uri $uri/ /front/index.php?$args", "fallback, /front/page.html"})
    void theFallbackOfTheSettingsIsNoWayRoundAccessControl(String setting, String value) throws Exception {
        Trees.write(root, "front/index.php", "<?php echo 'ran';");
        Trees.write(root, "front/page.html", "<p>sent");
        serve(setting, value);
        assertEquals(200, status("/none"));
        rules("<Files index.php>", "Require all denied", "</Files>", "<Files page.html>", "Require all denied", "</Files>");
        assertEquals("403 403", status(value.replaceAll("^.* |\\?.*$", "")) + " " + status("/none"));
        rules("");
        Trees.write(root, "front/.htaccess", "SetEnvIf X-Key ^right$ known\nRequire env known");
        assertEquals(403, status("/none"));
        assertEquals(200, RawHttp.get(port(), "/none", "X-Key: right").status());
    }

    /** As with Apache, that {@code Redirect} refuses what answers for a directory, too; where it leads elsewhere, the directory stays. */
    @Test
    void whatRedirectRefusesIsNoIndex() throws Exception {
        Trees.write(root, "admin/index.php", "<?php echo 'ran';");
        serve();
        for (String rule : new String[] {"RedirectMatch 403 /index\\.php$", "Redirect 403 /admin/index.php"}) {
            rules(rule);
            assertEquals("403 403", status("/admin/index.php") + " " + status("/admin/"), rule);
        }
        rules("Redirect 301 /admin/index.php /admin/");
        assertEquals("301 200", status("/admin/index.php") + " " + status("/admin/"));
    }

    @Test
    void whatIsNeverServedHasThePageOfWhatIsMissing() throws Exception {
        Trees.write(root, "dump.sql", "secret");
        Trees.write(root, "gone.html", "gone");
        rules("ErrorDocument 404 /gone.html", "Header always set X-From rules");
        serve();
        for (String path : new String[] {"/none.txt", "/dump.sql", "/none.sql", "/.htaccess", "/.git/config"}) {
            Reply reply = RawHttp.get(port(), path);
            assertEquals("404 gone rules", reply.status() + " " + reply.body() + " " + reply.header("X-From"), path);
        }
    }

    /** As Apache, which has entered it before it puts a slash behind it. */
    @Test
    void aDirectoryThatIsDeniedIsSoWithoutItsSlash() throws Exception {
        Trees.write(root, "private/.htaccess", "Require all denied\nErrorDocument 403 \"not yours\"");
        Trees.write(root, "open/.htaccess", "Require all granted");
        Trees.write(root, "inner/a.txt", "");
        serve();
        assertEquals("403 not yours", status("/private") + " " + RawHttp.get(port(), "/private").body());
        assertEquals("403 not yours", status("/private/") + " " + RawHttp.get(port(), "/private/").body());
        assertEquals("301 301", status("/open") + " " + status("/inner"));
    }

    @Test
    void aListHasNothingThatRulesRefuse() throws Exception {
        for (String file : new String[] {"a.txt", "b.txt", "c.txt", "d.txt"}) {
            Trees.write(root, "files/" + file, "content");
        }
        rules("RewriteEngine On", "RewriteRule a\\.txt$ - [F]", "Redirect 403 /files/b.txt", "SetEnvIf Request_URI c\\.txt$ hidden",
                "<RequireAll>", "Require all granted", "Require not env hidden", "</RequireAll>");
        serve("listing", "true");
        assertEquals("403 403 403 200",
                String.join(" ", "" + status("/files/a.txt"), "" + status("/files/b.txt"), "" + status("/files/c.txt"),
                        "" + status("/files/d.txt")));
        String list = body("/files/");
        assertTrue(list.contains("d.txt") && !list.matches("(?s).*[abc]\\.txt.*"), list);
    }

    @Test
    void whatIsNotUnderstoodIsInTheLogWithItsLineOnce() throws Exception {
        rules("Header set A b", "NoSuchThing On", "php_value memory_limit 1G");
        serve();
        body("/index.php");
        body("/index.php");
        String first = root.toRealPath() + "/.htaccess:2: 'NoSuchThing On' is not understood";
        assertTrue(log.text().contains(first), log.text());
        assertFalse(log.text().substring(log.text().indexOf(first) + first.length()).contains(first), log.text());
        assertTrue(log.text().contains("/.htaccess:3: 'php_value memory_limit 1G' is ignored"), log.text());
    }

    @Test
    void rewritingThatDoesNotEndIsAnError() throws Exception {
        rules("RewriteEngine On", "RewriteRule ^(.*)$ /x/$1");
        serve();
        assertEquals(500, status("/a"));
        assertTrue(log.text().contains("the rewriting does not come to an end"), log.text());
    }
}
