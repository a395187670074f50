package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code php_value} and {@code php_flag} of the document root's own {@code .htaccess}: they reach all scripts of a private php-fpm, or none. */
class PhpValueTest extends BehindRealFpm {

    private static final String INI = "<?php echo ini_get($_GET['name']), isset($_SERVER['PHP_VALUE']) ? ' sent' : '';";

    @BeforeEach
    void createScript() throws Exception {
        Trees.write(root, "ini.php", INI);
    }

    private void rules(String... lines) throws Exception {
        Trees.write(root, ".htaccess", String.join("\n", lines));
    }

    private String ini(String name) throws Exception {
        return ini("", name);
    }

    private String ini(String directory, String name) throws Exception {
        return RawHttp.get(port(), directory + "/ini.php?name=" + name).body();
    }

    private int said(String words) {
        return log.text().split(java.util.regex.Pattern.quote(words), -1).length - 1;
    }

    private String line(int number) {
        return root + "/.htaccess:" + number;
    }

    @Test
    void aPrivatePhpFpmObeysFromTheFirstRequestOn() throws Exception {
        rules("php_value upload_max_filesize 64M", "<IfModule mod_php.c>", "php_flag display_errors on", "php_value precision 9",
                "php_value arg_separator.output \"&amp;]#[;x\"", "php_value default_charset none", "php_value session.gc_probability 7",
                "</IfModule>");
        servePrivately();
        assertEquals("64M", ini("upload_max_filesize"));
        assertEquals("1", ini("display_errors"));
        assertEquals("9", ini("precision"));
        assertEquals("&amp;]#[;x", ini("arg_separator.output"));
        assertEquals("", ini("default_charset"));
        assertEquals("7", ini("session.gc_probability"), "it wins over ours");
        assertEquals("1073741824", ini("post_max_size"), "what is not said stays ours");
        assertTrue(log.text().contains("php_value of " + line(1) + " upload_max_filesize=64M"), log.text());
        assertFalse(log.text().contains("is ignored"), log.text());
    }

    @Test
    void aScriptMayChangeSuchAValueForItselfAlone() throws Exception {
        rules("php_value memory_limit 77M");
        Trees.write(root, "change.php", "<?php ini_set('memory_limit', '88M'); echo ini_get('memory_limit');");
        servePrivately();
        assertEquals("88M", RawHttp.get(port(), "/change.php").body());
        assertEquals("77M", ini("memory_limit"));
    }

    @Test
    void whatAnApplicationMayNotSetIsRefusedWithFileAndLine() throws Exception {
        rules("php_value disable_functions ini_set", "php_flag expose_php off", "php_value open_basedir /tmp", "php_value no.such 1",
                "php_value memory_limit \"1M\\\"\"", "php_value user_agent ${HOME}", "php_value precision 8");
        servePrivately();
        assertEquals("8", ini("precision"));
        assertEquals("", ini("disable_functions"));
        assertEquals("", ini("open_basedir"));
        assertEquals("", ini("user_agent"));
        assertEquals("128M", ini("memory_limit"));
        assertTrue(log.text().contains(line(1) + ": php_value disable_functions is ignored: PHP does not know it, or lets only php.ini"),
                log.text());
        assertTrue(log.text().contains(line(2) + ": php_value expose_php is ignored: "), log.text());
        assertTrue(log.text().contains(line(3) + ": php_value open_basedir is ignored: it is for the server's administrator"), log.text());
        assertTrue(log.text().contains(line(4) + ": php_value no.such is ignored: "), log.text());
        assertTrue(log.text().contains(line(5) + ": php_value memory_limit is ignored: its value has a quote"), log.text());
        assertTrue(log.text().contains(line(6) + ": php_value user_agent is ignored: its value has a quote, a dollar sign"), log.text());
    }

    @Test
    void theSettingsWin() throws Exception {
        rules("php_value precision 5", "php_value memory_limit 77M", "php_value serialize_precision 6");
        servePrivately("ini.precision", "9", "adminIni.memory_limit", "99M");
        assertTrue(ini("precision").startsWith("9"));
        assertTrue(ini("memory_limit").startsWith("99M"));
        assertTrue(ini("serialize_precision").startsWith("6"));
        assertTrue(log.text().contains(line(1) + ": php_value precision does not count"), log.text());
        assertTrue(log.text().contains(line(2) + ": php_value memory_limit does not count"), log.text());
    }

    @Test
    void aChangeCountsAndFailsNoRequest() throws Exception {
        servePrivately("workers", "3");
        assertEquals("14", ini("precision"));
        try (Crowd crowd = new Crowd(port(), state("ran"), 4, false)) {
            for (int value = 5; value < 8; value++) {
                crowd.untilAnswered(20);
                rules("php_value precision " + value);
                String wanted = String.valueOf(value);
                Until.true_("it counts", () -> ini("precision").equals(wanted));
                for (int i = 0; i < 10; i++) {
                    assertEquals(wanted, ini("precision"), "of every worker");
                }
            }
            Files.delete(root.resolve(".htaccess"));
            Until.true_("it counts no longer", () -> ini("precision").equals("14"));
            crowd.untilAnswered(20);
            assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
            assertEquals(List.of(), crowd.failures());
        }
        assertEquals(1, said("php_value of " + line(1) + " precision=6"));
    }

    @Test
    void aChangeThatIsNoneOfPhpsReloadsNothing() throws Exception {
        rules("php_value precision 5");
        servePrivately();
        assertEquals(1, said("reads its configuration anew"));
        rules("# one more line", "php_value precision 5", "ErrorDocument 404 gone", "php_value no.such 1");
        assertTrue(RawHttp.get(port(), "/none").text().contains("gone"));
        Until.true_("it is warned of", () -> said(line(4) + ": php_value no.such is ignored") == 1);
        rules("php_value precision 6", "ErrorDocument 404 gone");
        Until.true_("it counts", () -> ini("precision").equals("6"));
        assertEquals(2, said("reads its configuration anew"));
    }

    @Test
    void anotherSiteIsNotAffected() throws Exception {
        rules("php_value precision 5");
        Trees.write(root, "shop/ini.php", INI);
        Trees.write(root, "shop/.htaccess", "php_value precision 6");
        Trees.write(root, "blog/ini.php", INI);
        servePrivately("site./shop", root.resolve("shop").toString(), "site./blog", root.resolve("blog").toString());
        assertEquals("5", ini("precision"));
        assertEquals("6", ini("/shop", "precision"));
        assertEquals("14", ini("/blog", "precision"));
    }

    @Test
    void aForeignPhpFpmIsSentNothingForSomeScriptsEither() throws Exception {
        rules("<Files other.php>", "php_value precision 4", "</Files>");
        Trees.write(root, "sub/ini.php", INI);
        Trees.write(root, "sub/.htaccess", "php_value precision 5");
        serve();
        assertEquals("14", ini("/sub", "precision"));
        assertEquals("14", ini("/sub", "precision"));
        assertEquals("14", ini("precision"));
        assertEquals(1, said(root + "/sub/.htaccess:1: 'php_value precision 5' is ignored"));
        assertEquals(1, said(line(2) + ": 'php_value precision 4' is ignored"));
    }

    @Test
    void aForeignPhpFpmIsSentNothing() throws Exception {
        rules("php_value precision 5", "php_flag display_errors on");
        serve();
        assertEquals("14", ini("precision"));
        assertEquals("14", ini("precision"));
        assertEquals(1,
                said(line(1) + ": 'php_value precision 5' is ignored: PHP-FPM's workers would keep it for others; set ini.precision"));
        assertEquals(1, said(line(2) + ": 'php_flag display_errors on' is ignored"));
        assertEquals(0, said("php_value of "));
    }

    @Test
    void withoutHtaccessNothingCounts() throws Exception {
        rules("php_value precision 5");
        servePrivately("htaccess", "off");
        assertEquals("14", ini("precision"));
    }
}
