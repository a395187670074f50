package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Set up by its install page, with URLs that are rewritten. */
final class DokuWiki implements DebianApplication {

    @Override
    public String preset() {
        return "dokuwiki";
    }

    @Override
    public Path setUp(Workplace place) throws Exception {
        Path wiki = place.needs("dokuwiki", "/usr/share/dokuwiki").copy("/usr/share/dokuwiki");
        Workplace.run("cp", "-rL", "/etc/dokuwiki", wiki.resolve("conf").toString());
        Workplace.run("cp", "-rL", "/var/lib/dokuwiki/data", wiki.resolve("data").toString());
        // What Debian adds: that no page installs it, and that its data are elsewhere.
        for (String added : new String[] {"inc/preload.php", "conf/local.php", "conf/users.auth.php", "conf/acl.auth.php"}) {
            Files.deleteIfExists(wiki.resolve(added));
        }
        Path settings = wiki.resolve("conf/dokuwiki.php");
        Files.writeString(settings, Files.readString(settings).replace("/var/lib/dokuwiki/data", "./data"));
        Files.writeString(wiki.resolve("conf/local.protected.php"), "<?php $conf['userewrite'] = 1; $conf['useslash'] = 1;");
        return wiki;
    }

    /** Its installer shows that nobody gets a file of data, and has no icon; a picture of its page on syntax is elsewhere in the net. */
    @Override
    public List<String> itsOwnErrors() {
        return List.of("/data/", "/favicon.ico", "//secure.php.net/");
    }

    @Override
    public void use(Visit visit) throws Exception {
        Browser browser = visit.browser();
        install(browser);
        logIn(browser);
        for (String title : TITLES) {
            write(visit, title);
        }
        edit(visit, "C++", "/c");
        upload(visit);
        search(browser);
        assertEquals(404, visit.ask("/data/pages/start.txt").status());
        assertEquals(404, visit.ask("/conf/users.auth.php").status());
        assertTrue(visit.ask("/feed.php").text().contains("<rdf:RDF"));
        browser.open("/wiki/syntax");
        assertTrue(visit.width(".page img") > 0);
        visit.screenshot();
        browser.press("a.logout, .action.logout a");
        assertEquals(0, browser.all("a.logout, .action.logout a").size());
    }

    private static void install(Browser browser) {
        browser.open("/install.php");
        browser.type("input[name='d[title]']", "Tea & Coffee");
        browser.type("input[name='d[superuser]']", "ada");
        browser.type("input[name='d[fullname]']", "Ada");
        browser.type("input[name='d[email]']", "ada@example.org");
        browser.type("input[name='d[password]']", PASSWORD);
        browser.type("input[name='d[confirm]']", PASSWORD);
        browser.press("button[name=submit]");
    }

    private static void logIn(Browser browser) {
        browser.open("/start?do=login");
        browser.type("input[name=u]", "ada");
        browser.type("input[name=p]", PASSWORD);
        browser.press("#dw__login button[type=submit]");
    }

    private static void write(Visit visit, String title) throws Exception {
        Browser browser = visit.browser();
        browser.open("/doku.php?id=" + Visit.encoded(title) + "&do=edit");
        browser.type("#wiki__text", "====== " + title + " ======\nText of " + title + " {{wiki:dokuwiki-128.png?64}}");
        browser.press("#edbtn__save");
        assertEquals(title, browser.text(".page h1"));
        assertEquals(64, visit.width(".page img"), title);
        String path = browser.path();
        assertTrue(path.startsWith("/") && !path.contains("doku.php"), path);
        browser.open(path);
        assertEquals(title, browser.text(".page h1"));
    }

    private static void edit(Visit visit, String title, String path) throws Exception {
        Browser browser = visit.browser();
        browser.open(path);
        browser.press("#dokuwiki__pagetools .edit a");
        browser.type("#wiki__text", "====== " + title + " ======\nAnother text of " + title);
        browser.press("#edbtn__save");
        assertTrue(visit.ask("/_export/raw" + path).text().endsWith("Another text of " + title));
    }

    private static void upload(Visit visit) {
        Browser browser = visit.browser();
        browser.open("/start?do=media&ns=wiki&tab_files=upload").find("input[type=file]").sendKeys(visit.picture().toString());
        browser.await(page -> browser.all("#mediamanager__upload_button, .qq-upload-button").size() > 0);
        browser.run("document.querySelector('#mediamanager__upload_button')?.click()");
        browser.await(page -> browser.all(".qq-upload-success, .success").size() > 0);
        browser.open("/start?do=media&ns=wiki&tab_files=files&q=&image=wiki:groesse_100_picture.png");
        assertTrue(visit.width("#mediamanager__page .file img") > 0);
    }

    private static void search(Browser browser) {
        browser.open("/start");
        browser.type("#qsearch__in", "100% C++");
        browser.press("#dw__search button[type=submit]");
        assertTrue(browser.all(".search_fulltextresult, .search_fullpage_result dt").size() > 0);
    }
}
