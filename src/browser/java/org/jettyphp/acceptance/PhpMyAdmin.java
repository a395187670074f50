package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jettyphp.peers.RealMariaDb;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** With a configuration of its own in the place of Debian's, for a MariaDB of its own. */
final class PhpMyAdmin implements DebianApplication {

    private static final String DATABASE = "odd & 100% + x?";
    private static final String TABLE = "a/b?c%d+e&f";
    private static final String IN_DATABASE = "&db=" + Visit.encoded(DATABASE);
    private static final String IN_TABLE = IN_DATABASE + "&table=" + Visit.encoded(TABLE);

    @Override
    public String preset() {
        return "phpmyadmin";
    }

    @Override
    public Path setUp(Workplace place) throws Exception {
        Path admin = place.needs("phpmyadmin", "/usr/share/phpmyadmin").copy("/usr/share/phpmyadmin");
        int port = place.database().port(0);
        Path vendor = admin.resolve("libraries/vendor_config.php");
        Files.writeString(vendor, Files.readString(vendor).replace("'/etc/phpmyadmin/config.inc.php'", "ROOT_PATH . 'config.inc.php'")
                .replace("'/var/lib/phpmyadmin/tmp/'", "ROOT_PATH . 'tmp/'"));
        Files.createDirectories(admin.resolve("tmp"));
        Files.writeString(admin.resolve("config.inc.php"), """
                <?php
                $cfg['blowfish_secret'] = 'twelve by twelve by eight is 32.';
                $cfg['Servers'][1] = ['host' => '127.0.0.1', 'port' => '%d', 'auth_type' => 'cookie'];
                $cfg['VersionCheck'] = false;
                """.formatted(port));
        return admin;
    }

    @Override
    public void use(Visit visit) throws Exception {
        Browser browser = visit.browser();
        browser.open("/");
        browser.type("#input_username", RealMariaDb.USER);
        browser.type("#input_password", PASSWORD);
        browser.press("#input_go");
        makeTable(browser);
        editInPlace(browser);
        upload(visit);
        importFile(visit);
        search(browser);
        String exported = export(browser);
        assertTrue(exported.contains("CREATE TABLE `" + TABLE + "`") && exported.contains("'C++ & 100%? Größe'"), exported);
        for (String path : new String[] {"/libraries/vendor_config.php", "/templates/login/form.twig", "/setup/", "/sql/create_tables.sql",
                "/tmp/twig"}) {
            assertEquals(404, visit.ask(path).status(), path);
        }
        browser.open("/index.php?route=/sql" + IN_TABLE + "&pos=0");
        browser.await(page -> browser.all("td.grid_edit").size() > 0);
        visit.screenshot();
        browser.press("a.logout");
        assertTrue(browser.all("#input_username").size() > 0);
    }

    private static void makeTable(Browser browser) {
        browser.open("/index.php?route=/server/databases");
        browser.type("#text_create_db", DATABASE);
        browser.press("#buttonGo", page -> browser.all("#createTableNameInput").size() > 0);
        query(browser, "CREATE TABLE `" + TABLE + "` (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), picture LONGBLOB);"
                + "INSERT INTO `" + TABLE + "` (name) VALUES ('AC/DC')");
        browser.open("/index.php?route=/database/structure" + IN_DATABASE);
        // By the link that it makes itself.
        browser.await(page -> browser.all("#structureTable th a, #tablesForm th a").stream()
                .filter(link -> link.getText().equals(TABLE)).findFirst().orElse(null)).click();
        browser.await(page -> browser.all("td.grid_edit").size() > 0);
    }

    private static void query(Browser browser, String sql) {
        browser.open("/index.php?route=/database/sql" + IN_DATABASE);
        browser.await(page -> browser.all("#sqlqueryform .CodeMirror").size() > 0);
        browser.run("document.querySelector('#sqlqueryform .CodeMirror').CodeMirror.setValue(arguments[0])", sql);
        browser.press("#button_submit_query", page -> browser.all("#page_content .alert-success").size() > 0);
    }

    private static void editInPlace(Browser browser) {
        WebElement cell = browser.all("td.grid_edit").stream().filter(each -> each.getText().equals("AC/DC")).findFirst().orElseThrow();
        browser.doubleClick(cell);
        WebElement box = browser.await(page -> browser.all(".cEdit .edit_box").stream().filter(WebElement::isDisplayed).findFirst()
                .orElse(null));
        box.clear();
        box.sendKeys("C++ & 100%? Größe", Keys.ENTER);
        browser.await(page -> browser.all(".alert-success").size() > 0);
        browser.open("/index.php?route=/sql" + IN_TABLE + "&pos=0");
        browser.await(page -> browser.all("td.grid_edit").stream().anyMatch(each -> each.getText().equals("C++ & 100%? Größe")));
    }

    private static void upload(Visit visit) {
        Browser browser = visit.browser();
        browser.open("/index.php?route=/table/change" + IN_TABLE);
        browser.type("#field_2_3", "with a picture");
        browser.find("#field_3_3").sendKeys(visit.picture().toString());
        // By the keyboard, for its console lies over it.
        browser.find("#buttonYes").sendKeys(Keys.ENTER);
        browser.await(page -> browser.all(".alert-success").size() > 0);
        browser.open("/index.php?route=/sql" + IN_TABLE + "&pos=0");
        browser.await(page -> browser.all("td a[href*='get-field']").size() > 0);
        assertEquals(visit.picture().toFile().length(), browser.size("td a[href*='get-field']"));
    }

    private static void importFile(Visit visit) throws Exception {
        Browser browser = visit.browser();
        Path sql = visit.picture().resolveSibling("Größe & more.sql");
        Files.writeString(sql, "INSERT INTO `" + TABLE + "` (name) VALUES ('imported');\n");
        browser.open("/index.php?route=/database/import" + IN_DATABASE);
        browser.find("#input_import_file").sendKeys(sql.toString());
        // The options of the file's format fade in anew, and move the button away from where it was to be pressed.
        browser.await(page -> browser.run("return jQuery(':animated').length === 0") == Boolean.TRUE);
        browser.press("#buttonGo", page -> browser.all(".alert-success").size() > 0);
    }

    private static void search(Browser browser) {
        browser.open("/index.php?route=/database/search" + IN_DATABASE);
        browser.type("#criteriaSearchString", "100%");
        browser.press("#buttonGo", page -> browser.text("#searchresults").contains("1 match in " + TABLE));
    }

    private static String export(Browser browser) throws Exception {
        browser.open("/index.php?route=/table/export" + IN_TABLE + "&single_table=true");
        return browser.downloaded("form[name=dump] #buttonGo");
    }
}
