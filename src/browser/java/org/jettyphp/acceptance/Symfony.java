package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.jettyphp.peers.Trees;

/** The small application of {@code src/test/applications/symfony}, on Debian's packages. */
final class Symfony implements DebianApplication {

    private static final String NAMED = "Authorization: Bearer a/token+of=ours";

    @Override
    public String preset() {
        return "symfony";
    }

    @Override
    public String publicPart() {
        return "public";
    }

    @Override
    public Path setUp(Workplace place) throws Exception {
        for (String each : List.of("FrameworkBundle", "TwigBundle")) {
            place.needs("php-symfony-" + each.toLowerCase(java.util.Locale.ROOT).replace("bundle", "-bundle"),
                    "/usr/share/php/Symfony/Bundle/" + each);
        }
        place.needs("php-symfony-form", "/usr/share/php/Symfony/Component/Form")
                .needs("php-symfony-console", "/usr/share/php/Symfony/Component/Console");
        Path articles = place.directory().resolve("articles");
        Trees.copy(Path.of("src/test/applications/symfony"), articles);
        return articles;
    }

    @Override
    public void use(Visit visit) throws Exception {
        Browser browser = visit.browser();
        browser.open("/login");
        browser.type("input[name=name]", "Ada & Größe");
        browser.type("input[name=password]", "jetty");
        browser.press("button");
        assertEquals("Ada & Größe", browser.text("#who"));
        for (String title : TITLES) {
            write(browser, title);
        }
        write(browser, "x.php");
        edit(browser, "A/B?C%D+E&F");
        upload(visit);
        browser.open("/");
        browser.type("input[name=q]", "C++");
        browser.press("#search");
        assertEquals(List.of("C++"), browser.all("li a").stream().map(link -> link.getText()).toList());
        callApi(visit);
        assertSourcesStayHidden(visit);
        browser.open("/articles/" + Visit.encoded("Größe"));
        visit.screenshot();
        browser.press("#logout");
        assertEquals(0, browser.all("#who").size());
    }

    private static void write(Browser browser, String title) {
        browser.open("/articles/new");
        browser.type("#form_title", title);
        browser.type("#form_text", "Text of " + title);
        browser.press("#form_save");
        assertEquals(title, browser.text("h1"));
        browser.open("/");
        browser.all("li a").stream().filter(link -> link.getText().equals(title)).findFirst().orElseThrow().click();
        browser.await(page -> browser.all("#edit").size() > 0);
        assertEquals(title, browser.text("h1"));
    }

    private static void edit(Browser browser, String title) {
        browser.open("/articles/" + Visit.encoded(title));
        browser.press("#edit");
        browser.type("#form_text", "Another text of " + title);
        browser.press("#form_save");
        assertEquals("Another text of " + title, browser.text("main p"));
    }

    private static void upload(Visit visit) {
        Browser browser = visit.browser();
        browser.open("/articles/" + Visit.encoded("Größe") + "/edit").find("#form_file").sendKeys(visit.picture().toString());
        browser.press("#form_save");
        assertEquals(320, visit.width("main img"));
    }

    private static void callApi(Visit visit) throws Exception {
        for (String method : List.of("GET", "PUT", "DELETE")) {
            String body = method.equals("GET") ? "" : "{\"title\":\"100%\"}";
            String said = visit.send(method, "/api/articles.json", body, NAMED).text();
            assertTrue(said.contains("\"method\":\"" + method + "\"") && said.contains("A\\/B?C%D+E\\u0026F"), said);
        }
        assertEquals(401, visit.ask("/api/articles.json").status());
    }

    /** Beside the document root. */
    private static void assertSourcesStayHidden(Visit visit) throws Exception {
        for (String path : List.of("/src/Kernel.php", "/templates/base.html.twig", "/bin/console", "/public/index.php", "/public/style.css",
                "/WEB-INF/web.xml")) {
            assertEquals(404, visit.ask(path).status(), path);
            assertFalse(visit.ask(path).text().contains("namespace"), path);
        }
    }
}
