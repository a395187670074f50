package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jettyphp.peers.RealMariaDb;

/** One file, which asks for the server that it is for. */
final class Adminer implements DebianApplication {

    private static final String DATABASE = "odd & 100% + x?";
    private static final String TABLE = "a/b?c%d+e&f";

    private int databasePort;

    @Override
    public String preset() {
        return "plain";
    }

    @Override
    public Path setUp(Workplace place) throws Exception {
        place.needs("adminer", "/usr/share/adminer/adminer.php");
        databasePort = place.database().port(0);
        Path admin = Files.createDirectory(place.directory().resolve("adminer"));
        Files.copy(Path.of("/usr/share/adminer/adminer.php"), admin.resolve("index.php"));
        return admin;
    }

    @Override
    public void use(Visit visit) throws Exception {
        Browser browser = visit.browser();
        browser.open("/");
        browser.type("input[name='auth[server]']", "127.0.0.1:" + databasePort);
        browser.type("input[name='auth[username]']", RealMariaDb.USER);
        browser.type("input[name='auth[password]']", PASSWORD);
        browser.press("input[value=Login]");
        browser.press("a[href$='database=']");
        browser.type("[name=name]", DATABASE);
        browser.press("input[value=Save]");
        String base = browser.path();
        assertTrue(base.contains("db=odd"), base);
        execute(browser, base);
        edit(browser);
        upload(visit, base);
        importFile(visit, base);
        search(browser, base);
        String exported = export(browser, base);
        assertTrue(exported.contains("CREATE TABLE `" + TABLE + "`") && exported.contains("C++ & 100%? Größe"), exported);
        browser.open(base + "&select=" + Visit.encoded(TABLE));
        visit.screenshot();
        browser.press("#logout");
        assertTrue(browser.all("input[name='auth[username]']").size() > 0);
    }

    private static void execute(Browser browser, String base) {
        browser.open(base + "&sql=");
        browser.run("document.querySelector('textarea[name=query]').value = arguments[0]",
                "CREATE TABLE `" + TABLE + "` (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), picture LONGBLOB);"
                        + "INSERT INTO `" + TABLE + "` (name) VALUES ('AC/DC')");
        browser.press("input[value=Execute]");
        assertEquals(2, browser.all(".message").size());
        browser.open(base);
        // By the link that it makes itself.
        browser.press("#tables a.select");
    }

    private static void edit(Browser browser) {
        browser.press("#table a[href*='&edit=']");
        browser.type("[name='fields[name]']", "C++ & 100%? Größe");
        browser.press("input[value=Save]");
        assertTrue(browser.text("#table").contains("C++ & 100%? Größe"));
    }

    private static void upload(Visit visit, String base) {
        Browser browser = visit.browser();
        browser.open(base + "&edit=" + Visit.encoded(TABLE));
        browser.type("[name='fields[name]']", "with a picture");
        browser.find("input[name='fields-picture']").sendKeys(visit.picture().toString());
        browser.press("input[value=Save]");
        browser.open(base + "&select=" + Visit.encoded(TABLE));
        // The link that downloads it.
        assertEquals(visit.picture().toFile().length(), browser.size("#table tr:last-child a[href*='&download=']"));
    }

    private static void importFile(Visit visit, String base) throws Exception {
        Browser browser = visit.browser();
        Path sql = visit.picture().resolveSibling("Größe & more.sql");
        Files.writeString(sql, "INSERT INTO `" + TABLE + "` (name) VALUES ('imported');\n");
        browser.open(base + "&import=").find("input[name='sql_file[]']").sendKeys(sql.toString());
        browser.press("input[value=Execute]");
        assertEquals(1, browser.all(".message").size());
    }

    private static void search(Browser browser, String base) {
        browser.open(base + "&select=" + Visit.encoded(TABLE));
        browser.press("a[href='#fieldset-search']", page -> browser.find("input[name='where[0][val]']").isDisplayed());
        browser.run("document.querySelector(\"select[name='where[0][op]']\").value = 'LIKE %%'");
        browser.type("input[name='where[0][val]']", "100%");
        browser.press("input[value=Select]");
        assertEquals(1, browser.all("#table tbody tr").size());
    }

    /** What its form sends. */
    private static String export(Browser browser, String base) {
        browser.open(base + "&dump=");
        return browser.posted("form:has(input[value=Export])");
    }
}
