package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.WebElement;

/** Debian's wikis in a real browser, of which the main class is told nothing but the directory. One that is not installed is skipped. */
class ApplicationsIT {

    private static final String PASSWORD = "a pass phrase 42";
    private static final byte[] PICTURE = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private Path place;
    private WayOfUse way;

    @BeforeEach
    void makePlace() throws Exception {
        place = Trees.create();
    }

    @AfterEach
    void stop() throws Exception {
        if (way != null) {
            way.close();
        } else {
            Trees.delete(place);
        }
    }

    /** Debian's packages are full of links; an application that is installed by hand has none. */
    private Path copy(String packaged, String name) throws Exception {
        assumeTrue(Files.isDirectory(Path.of(packaged)), packaged + " is not there: apt-get install --no-install-recommends " + name);
        // One of MediaWiki's leads to where it is not yet installed, which cp does not take well.
        run("sh", "-c", "cp -rL " + packaged + " " + place.resolve(name) + " 2>/dev/null; test -f " + place.resolve(name) + "/index.php");
        return place.resolve(name);
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0, () -> String.join(" ", command) + ": " + said);
    }

    /** PHP's workers are another user where we are root. */
    private void giveToWorkers() throws Exception {
        if (System.getProperty("user.name").equals("root")) {
            run("chown", "-R", "www-data:", place.toString());
        }
    }

    private Browser serve(Path directory) throws Exception {
        List<String> command = List.of(ServerProcess.java(), "-jar", System.getProperty("standalone.jar"), "serve", directory.toString(),
                "--port", "0");
        way = ServerProcess.start(new ServerProcess.Plan(place, command, Map.of(), MainClassIT.READY, "", Set.of()));
        return new Browser("http://localhost:" + way.port(), 1280, PageLoadStrategy.NORMAL);
    }

    private static void type(Browser browser, String field, String text) {
        WebElement element = browser.await(page -> browser.all(field).stream().findFirst().orElse(null));
        element.clear();
        element.sendKeys(text);
    }

    /** Up to the next page. */
    private static void press(Browser browser, String button) {
        WebElement element = browser.find(button);
        browser.run("window.left = true; arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
        browser.await(page -> browser.run("return window.left === undefined && document.readyState === 'complete'") == Boolean.TRUE);
    }

    private static String encoded(String title) {
        return URLEncoder.encode(title, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static long width(Browser browser, String picture) {
        return browser.number("document.querySelector('" + picture + "').naturalWidth");
    }

    private Path picture() throws Exception {
        return Files.write(place.resolve("Größe & + picture.png"), PICTURE);
    }

    @Test
    void dokuWiki() throws Exception {
        Path wiki = copy("/usr/share/dokuwiki", "dokuwiki");
        run("cp", "-rL", "/etc/dokuwiki", wiki.resolve("conf").toString());
        run("cp", "-rL", "/var/lib/dokuwiki/data", wiki.resolve("data").toString());
        // What Debian adds: that no page installs it, and that its data are elsewhere.
        for (String added : new String[] {"inc/preload.php", "conf/local.php", "conf/users.auth.php", "conf/acl.auth.php"}) {
            Files.deleteIfExists(wiki.resolve(added));
        }
        Path settings = wiki.resolve("conf/dokuwiki.php");
        Files.writeString(settings, Files.readString(settings).replace("/var/lib/dokuwiki/data", "./data"));
        Files.writeString(wiki.resolve("conf/local.protected.php"), "<?php $conf['userewrite'] = 1; $conf['useslash'] = 1;");
        giveToWorkers();
        try (Browser browser = serve(wiki)) {
            browser.open("/install.php");
            type(browser, "input[name='d[title]']", "Tea & Coffee");
            type(browser, "input[name='d[superuser]']", "ada");
            type(browser, "input[name='d[fullname]']", "Ada");
            type(browser, "input[name='d[email]']", "ada@example.org");
            type(browser, "input[name='d[password]']", PASSWORD);
            type(browser, "input[name='d[confirm]']", PASSWORD);
            press(browser, "button[name=submit]");
            browser.open("/start?do=login");
            type(browser, "input[name=u]", "ada");
            type(browser, "input[name=p]", PASSWORD);
            press(browser, "#dw__login button[type=submit]");
            for (String title : List.of("AC/DC", "What?", "100%", "C++", "Q&A", "notes.log", "Größe")) {
                browser.open("/doku.php?id=" + encoded(title) + "&do=edit");
                type(browser, "#wiki__text", "====== " + title + " ======\nText of " + title + " {{wiki:dokuwiki-128.png}}");
                press(browser, "#edbtn__save");
                assertEquals(title, browser.text(".page h1"));
                assertTrue(width(browser, ".page img") > 0, title);
            }
            browser.open("/start?do=media&ns=wiki&tab_files=upload").find("input[type=file]").sendKeys(picture().toString());
            browser.await(page -> browser.all("#mediamanager__upload_button, .qq-upload-button").size() > 0);
            browser.run("document.querySelector('#mediamanager__upload_button')?.click()");
            browser.await(page -> browser.all(".qq-upload-success, .success").size() > 0);
            browser.open("/start");
            type(browser, "#qsearch__in", "100% C++");
            press(browser, "#dw__search button[type=submit]");
            assertTrue(browser.all(".search_fulltextresult, .search_fullpage_result dt").size() > 0);
            assertEquals(404, status(browser, "/data/pages/start.txt"));
            assertEquals(404, status(browser, "/conf/users.auth.php"));
            browser.errors();
            browser.open("/wiki/syntax");
            assertTrue(width(browser, ".page img") > 0);
            browser.screenshot("dokuwiki");
            press(browser, "a.logout, .action.logout a");
            assertEquals(List.of(), browser.errors());
        }
    }

    private static long status(Browser browser, String path) {
        return ((Number) browser.run("const r = new XMLHttpRequest(); r.open('GET', arguments[0], false); r.send(); return r.status", path))
                .longValue();
    }

    @Test
    void mediaWiki() throws Exception {
        Path wiki = copy("/usr/share/mediawiki", "mediawiki");
        Path data = Files.createDirectory(place.resolve("database"));
        Files.deleteIfExists(wiki.resolve("LocalSettings.php"));
        try (Browser browser = serve(wiki)) {
            run("php", wiki.resolve("maintenance/install.php").toString(), "--dbtype", "sqlite", "--dbpath", data.toString(),
                    "--scriptpath", "",
                    "--server", "http://localhost:" + way.port(), "--pass", PASSWORD, "--confpath", wiki.toString(), "Tea & Coffee", "Ada");
            Files.writeString(wiki.resolve("LocalSettings.php"),
                    "\n$wgArticlePath = '/wiki/$1';\n$wgEnableUploads = true;\n$wgUseImageMagick = false;\n", StandardOpenOption.APPEND);
            giveToWorkers();
            browser.open("/index.php?title=Special:UserLogin");
            type(browser, "#wpName1", "Ada");
            type(browser, "#wpPassword1", PASSWORD);
            press(browser, "#wpLoginAttempt");
            for (String title : List.of("AC/DC", "What?", "100%", "C++", "Q&A", ".NET", "Notes.log", "Größe", "A/B?C%D+E&F")) {
                browser.open("/index.php?title=" + encoded(title) + "&action=edit");
                type(browser, "#wpTextbox1", "Text of " + title + ". [[:C++]]");
                press(browser, "#wpSave");
                assertEquals(title, browser.text("#firstHeading"));
                assertTrue(browser.path().startsWith("/wiki/"), browser.path());
                // By the link that the wiki itself has made of it.
                browser.open(browser.find("#ca-view a, #ca-nstab-main a").getDomProperty("href"));
                assertTrue(browser.text("#mw-content-text").contains("Text of " + title), title);
            }
            browser.open("/index.php?title=Special:Upload").find("#wpUploadFile").sendKeys(picture().toString());
            browser.run("document.querySelector('#wpDestFile').value = 'Größe + & C++.png';"
                    + "document.querySelector('#wpIgnoreWarning') && (document.querySelector('#wpIgnoreWarning').checked = true)");
            press(browser, "input[name=wpUpload]");
            assertEquals(1, width(browser, "#file img"));
            browser.open("/index.php?search=" + encoded("text of C++ & 100%"));
            assertEquals(200, status(browser, "/rest.php/v1/page/" + encoded("A/B?C%D+E&F")));
            browser.open("/wiki/A/B%3FC%25D%2BE%26F");
            browser.screenshot("mediawiki");
            browser.open("/index.php?title=Special:UserLogout");
            press(browser, "#mw-content-text button, #mw-content-text input[type=submit]");
            assertTrue(browser.all("#pt-login").size() > 0);
            assertEquals(List.of(), browser.errors());
        }
    }
}
