package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.Attribute;
import javax.management.ObjectName;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code php_value} and {@code php_flag} for some scripts only: further down than the document root, or within {@code <Files>}. */
class PhpValueSetsTest extends BehindRealFpm {

    private static final String INI = "<?php echo ini_get($_GET['name']);";
    private static final String WORKER = "<?php echo getmypid();";
    private static final int MOST = 16;

    @BeforeEach
    void createScripts() throws Exception {
        for (String directory : List.of("", "admin/", "admin/deep/")) {
            Trees.write(root, directory + "ini.php", INI);
            Trees.write(root, directory + "worker.php", WORKER);
        }
    }

    private void rules(String directory, String... lines) throws Exception {
        Trees.write(root, directory + ".htaccess", String.join("\n", lines));
    }

    private String ini(String directory, String name) throws Exception {
        return RawHttp.get(port(), directory + "/ini.php?name=" + name).body();
    }

    private ProcessHandle worker(String directory) throws Exception {
        return ProcessHandle.of(Long.parseLong(RawHttp.get(port(), directory + "/worker.php").body())).orElseThrow();
    }

    private int said(String words) {
        return log.text().split(java.util.regex.Pattern.quote(words), -1).length - 1;
    }

    @Test
    void aDirectoryHasItsOwnFromTheFirstRequestOn() throws Exception {
        rules("", "php_flag display_errors on", "php_value precision 9");
        rules("admin/", "php_flag display_errors off", "<IfModule mod_php.c>", "php_value precision 5", "</IfModule>");
        rules("admin/deep/", "php_value precision 4");
        String careless = "<?php echo ini_get('precision'), $missing;";
        Trees.write(root, "careless.php", careless);
        Trees.write(root, "admin/careless.php", careless);
        Trees.write(root, "admin/deep/careless.php", careless);
        servePrivately();
        assertEquals("5", RawHttp.get(port(), "/admin/careless.php").body());
        assertEquals("4", RawHttp.get(port(), "/admin/deep/careless.php").body());
        assertTrue(RawHttp.get(port(), "/careless.php").body().contains("Undefined variable"));
        assertEquals(1, said("php_value of " + root + "/admin/.htaccess:3 precision=5"), log.text());
        assertTrue(log.text().matches("(?s).*php-fpm has one more pool, at \\S+/ini2, with \\{[^}]*precision=4.*"), log.text());
        assertFalse(log.text().contains("is ignored"), log.text());
    }

    @Test
    void withOneWorkerEachNothingLeaks() throws Exception {
        rules("admin/", "php_value memory_limit 77M");
        Trees.write(root, "admin/change.php", "<?php ini_set('memory_limit', '88M'); echo ini_get('memory_limit');");
        servePrivately();
        for (int i = 0; i < 50; i++) {
            assertEquals("77M", ini("/admin", "memory_limit"));
            assertEquals("128M", ini("", "memory_limit"));
            if (i % 10 == 0) {
                assertEquals("88M", RawHttp.get(port(), "/admin/change.php").body(), "as under Apache a script may change it for itself");
            }
        }
        assertEquals(1, said("reads its configuration anew"), log.text());
    }

    @Test
    void theDirectoryOfTheScriptThatRunsCounts() throws Exception {
        rules("", "RewriteEngine on", "RewriteRule ^pretty$ admin/ini.php [QSA,L]", "ErrorDocument 404 /admin/ini.php?name=precision");
        rules("admin/", "php_value precision 5");
        servePrivately();
        assertEquals("5", RawHttp.get(port(), "/pretty?name=precision").body());
        assertEquals("5", RawHttp.get(port(), "/none").body(), "of an error page, which runs on the thread of the one who failed");
    }

    @Test
    void sectionsCountForTheScriptsThatTheyName() throws Exception {
        Trees.write(root, "cron.php", INI);
        Trees.write(root, "admin/cron.php", INI);
        rules("", "<Files cron.php>", "php_value precision 4", "</Files>", "<FilesMatch \"^c.*\\.php$\">", "php_value memory_limit 77M",
                "</FilesMatch>", "php_value serialize_precision 6");
        rules("admin/", "php_value precision 5");
        servePrivately();
        assertEquals("4", RawHttp.get(port(), "/cron.php?name=precision").body());
        assertEquals("77M", RawHttp.get(port(), "/cron.php?name=memory_limit").body());
        assertEquals("6", RawHttp.get(port(), "/cron.php?name=serialize_precision").body(), "what all have it has too");
        assertEquals("14", ini("", "precision"));
        assertEquals("5", ini("/admin", "precision"));
        assertEquals("4", RawHttp.get(port(), "/admin/cron.php?name=precision").body(), "a section is stronger than a directory below");
    }

    @Test
    void whatAllScriptsHaveNeedsNoPoolOfItsOwn() throws Exception {
        rules("", "php_value precision 9");
        rules("admin/", "php_value precision 9", "php_value disable_functions ini_set", "php_value memory_limit 1M");
        servePrivately("ini.memory_limit", "99M");
        assertEquals(worker(""), worker("/admin"));
        assertEquals(worker(""), worker("/admin"));
        assertEquals("", ini("/admin", "disable_functions"));
        assertEquals(1, said(root + "/admin/.htaccess:2: php_value disable_functions is ignored: PHP does not know it"), log.text());
        assertEquals(1, said(root + "/admin/.htaccess:3: php_value memory_limit does not count"), log.text());
    }

    @Test
    void aChangeCountsForTheNextRequest() throws Exception {
        servePrivately("workers", "2..4", "keepAlive", "2");
        for (int value = 4; value < 8; value++) {
            rules("admin/", "php_value precision " + value);
            assertEquals(String.valueOf(value), ini("/admin", "precision"));
            assertEquals("14", ini("", "precision"));
        }
        Files.delete(root.resolve("admin/.htaccess"));
        assertEquals("14", ini("/admin", "precision"));
        rules("", "php_value serialize_precision 6");
        rules("admin/", "php_value precision 7");
        Until.true_("it counts", () -> ini("", "serialize_precision").equals("6"));
        assertEquals("6", ini("/admin", "serialize_precision"), "in a pool that is there already");
        assertEquals("7", ini("/admin", "precision"));
    }

    @Test
    void tooManySetsAreRefusedUntilThereIsRoom() throws Exception {
        for (int i = 0; i <= MOST; i++) {
            Trees.write(root, "d" + i + "/ini.php", INI);
            rules("d" + i + "/", "php_value precision " + (20 + i));
        }
        servePrivately();
        List<Callable<String>> all = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            String directory = "/d" + i;
            all.add(() -> ini(directory, "precision"));
        }
        ExecutorService clients = Executors.newFixedThreadPool(MOST);
        try {
            List<Future<String>> answers = clients.invokeAll(all);
            for (int i = 0; i < MOST; i++) {
                assertEquals(String.valueOf(20 + i), answers.get(i).get());
            }
        } finally {
            clients.shutdown();
        }
        String last = "/d" + MOST + "/ini.php?name=precision";
        assertEquals(500, RawHttp.get(port(), last).status());
        assertTrue(log.text().contains(root + "/d" + MOST + "/.htaccess:1: php_value asks for one more set of values"), log.text());
        assertEquals("21", ini("/d1", "precision"));
        assertEquals("14", ini("", "precision"));
        rules("d0/", "php_value precision 21");
        assertEquals("21", ini("/d0", "precision"), "there is such a set");
        Until.true_("the one that nobody asks for is gone", () -> RawHttp.get(port(), last).body().equals(String.valueOf(20 + MOST)));
        assertFalse(log.text().contains("d1/.htaccess:1: php_value asks"), log.text());
    }

    @Test
    void eachSiteHasSetsOfItsOwn() throws Exception {
        for (String site : List.of("shop/", "blog/")) {
            Trees.write(root, site + "ini.php", INI);
            Trees.write(root, site + "admin/ini.php", INI);
        }
        rules("shop/admin/", "php_value precision 5");
        rules("blog/", "php_value precision 6");
        servePrivately("site./shop", root.resolve("shop").toString(), "site./blog", root.resolve("blog").toString());
        assertEquals("5", ini("/shop/admin", "precision"));
        assertEquals("14", ini("/shop", "precision"));
        assertEquals("6", ini("/blog/admin", "precision"));
        assertEquals("14", ini("/admin", "precision"));
    }

    @Test
    void whatIsChangedThroughJmxCountsForSetsToo() throws Exception {
        rules("admin/", "php_value precision 5");
        Trees.write(root, "admin/count.php", Files.readString(root.resolve("count.php")));
        servePrivately();
        assertEquals("5", ini("/admin", "precision"));
        ManagementFactory.getPlatformMBeanServer().setAttribute(new ObjectName("org.jettyphp:type=Upstream,context=\"/\""),
                new Attribute("QueueSize", 0));
        try (RawHttp holds = new RawHttp(port())) {
            holds.send("GET", "/admin/count.php?count=" + state("count") + "&until=" + state("go") + "&ended=" + state("ended"), "");
            Until.true_("it runs", () -> size(state("count")) == 1);
            assertEquals(503, RawHttp.get(port(), "/admin/ini.php?name=precision").status());
            Files.createFile(state("go"));
            assertEquals("counted", holds.read().body());
        }
    }

    @Test
    void aPhpFpmThatDiesHasAllPoolsAgain() throws Exception {
        rules("admin/", "php_value precision 5");
        servePrivately();
        ProcessHandle before = worker("/admin");
        ProcessHandle master = before.parent().orElseThrow();
        master.destroyForcibly();
        Until.true_("it is gone", () -> !master.isAlive() && !before.isAlive());
        assertEquals("5", ini("/admin", "precision"));
        assertEquals("14", ini("", "precision"));
        assertNotEquals(before, worker("/admin"));
    }

    @Test
    void aNewSetFailsNobody() throws Exception {
        servePrivately("workers", "3");
        try (Crowd crowd = new Crowd(port(), state("ran"), 20, true)) {
            for (int value = 4; value < 8; value++) {
                crowd.untilAnswered(20);
                rules("admin/", "php_value precision " + value);
                assertEquals(String.valueOf(value), ini("/admin", "precision"));
            }
            crowd.untilAnswered(20);
            assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
            assertEquals(List.of(), crowd.failures());
        }
    }

    @Test
    void aSetThatIsIdleHasNoWorkersAndAStopEndsThemAll() throws Exception {
        rules("admin/", "php_value precision 5");
        rules("admin/deep/", "php_value precision 4");
        servePrivately("keepAlive", "1");
        ProcessHandle idle = worker("/admin");
        Until.true_("it has ended", () -> !idle.isAlive());
        assertEquals("4", ini("/admin/deep", "precision"));
        List<ProcessHandle> workers = List.of(worker(""), worker("/admin"), worker("/admin/deep"));
        ProcessHandle master = workers.get(0).parent().orElseThrow();
        server.close();
        Until.true_("all have ended", () -> !master.isAlive() && workers.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void whoLeavesTheQueueOfASetDoesNotRun() throws Exception {
        rules("admin/", "php_value precision 5");
        Trees.write(root, "admin/count.php", Files.readString(root.resolve("count.php")));
        Trees.write(root, "admin/once.php", Files.readString(root.resolve("once.php")));
        servePrivately();
        try (RawHttp holds = new RawHttp(port())) {
            holds.send("GET", "/admin/count.php?count=" + state("count") + "&until=" + state("go") + "&ended=" + state("ended"), "");
            Until.true_("it runs", () -> size(state("count")) == 1);
            try (RawHttp leaves = new RawHttp(port())) {
                leaves.send("GET", "/admin/once.php?ran=" + state("ran") + "&id=left", "");
                assertEquals("14", ini("", "precision"), "others do not wait for it");
            }
            Until.true_("it has left", () -> log.text().contains(": 499 GET /admin/once.php"));
            Files.createFile(state("go"));
            assertEquals("counted", holds.read().body());
        }
        assertEquals("5", ini("/admin", "precision"));
        assertFalse(Files.exists(state("ran")));
    }
}
