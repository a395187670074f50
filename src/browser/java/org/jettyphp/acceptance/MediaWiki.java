package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Set up by its {@code maintenance/install.php}, with SQLite. */
final class MediaWiki implements DebianApplication {

    @Override
    public String preset() {
        return "mediawiki";
    }

    @Override
    public Path setUp(Workplace place) throws Exception {
        Path wiki = place.needs("mediawiki", "/usr/share/mediawiki").needs("php-sqlite3", "/etc/php/*/fpm/conf.d/*-sqlite3.ini")
                .copy("/usr/share/mediawiki");
        Path settings = wiki.resolve("LocalSettings.php");
        Files.deleteIfExists(settings);
        Workplace.run("php", wiki.resolve("maintenance/install.php").toString(), "--dbtype", "sqlite", "--dbpath",
                Files.createDirectory(place.directory().resolve("database")).toString(), "--scriptpath", "", "--server",
                "http://localhost", "--pass", PASSWORD, "--confpath", wiki.toString(), "Tea & Coffee", "Ada");
        Files.writeString(settings, """

                $wgServer = 'http://' . ($_SERVER['HTTP_HOST'] ?? 'localhost');
                $wgArticlePath = '/wiki/$1';
                $wgEnableUploads = true;
                $wgUseImageMagick = false;
                """, StandardOpenOption.APPEND);
        return wiki;
    }

    @Override
    public void use(Visit visit) throws Exception {
        Browser browser = visit.browser();
        browser.open("/index.php?title=Special:UserLogin");
        browser.type("#wpName1", "Ada");
        browser.type("#wpPassword1", PASSWORD);
        browser.press("#wpLoginAttempt");
        for (String title : TITLES) {
            write(browser, title);
        }
        edit(browser, "C++");
        upload(visit);
        browser.open("/index.php?search=" + Visit.encoded("another text of C++") + "&fulltext=1");
        assertTrue(browser.all(".mw-search-result-heading a").size() > 0);
        assertEquals(200, visit.ask("/rest.php/v1/page/" + Visit.encoded("A/B?C%D+E&F")).status());
        assertTrue(visit.ask("/api.php?action=query&format=json&titles=" + Visit.encoded("Q&A")).text().contains("\"title\":\"Q&A\""));
        assertEquals(404, visit.ask("/includes/WebStart.php").status());
        browser.open("/wiki/A/B%3FC%25D%2BE%26F");
        visit.screenshot();
        browser.open("/index.php?title=Special:UserLogout");
        browser.press("#mw-content-text button, #mw-content-text input[type=submit]");
        assertTrue(browser.all("#pt-login").size() > 0);
    }

    private static void write(Browser browser, String title) {
        browser.open("/index.php?title=" + Visit.encoded(title) + "&action=edit");
        browser.type("#wpTextbox1", "Text of " + title + ". [[:C++]]");
        browser.press("#wpSave");
        assertEquals(title, browser.text("#firstHeading"));
        assertTrue(browser.path().startsWith("/wiki/"), browser.path());
        // By the links that the wiki itself has made of it.
        browser.open(browser.find("#ca-view a, #ca-nstab-main a").getDomProperty("href"));
        assertTrue(browser.text("#mw-content-text").contains("Text of " + title), title);
    }

    private static void edit(Browser browser, String title) {
        browser.open("/wiki/" + Visit.encoded(title));
        browser.press("#ca-edit a");
        browser.type("#wpTextbox1", "Another text of " + title + ".");
        browser.press("#wpSave");
        browser.press("#ca-history a");
        assertEquals(2, browser.all("#pagehistory li").size(), title);
    }

    private static void upload(Visit visit) {
        Browser browser = visit.browser();
        browser.open("/index.php?title=Special:Upload").find("#wpUploadFile").sendKeys(visit.picture().toString());
        browser.run("document.querySelector('#wpDestFile').value = 'Größe + & C++.png'");
        browser.press("input[name=wpUpload]");
        assertEquals("File:Größe + & C++.png", browser.text("#firstHeading"));
        assertEquals(320, visit.width("#file img"));
        browser.open("/index.php?title=Pictures&action=edit");
        browser.type("#wpTextbox1", "[[File:Größe + & C++.png|120px]]");
        browser.press("#wpSave");
        assertEquals(120, visit.width("#mw-content-text img"));
    }
}
