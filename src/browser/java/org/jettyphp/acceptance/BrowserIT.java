package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.WebElement;

/** The example in a real browser, as wide as on a desk and as narrow as on a phone; served by the main class. */
class BrowserIT {

    private static final int WIDE = 1280;
    private static final int NARROW = 390;
    private static final String NOT_WRITTEN = "/articles/not-written";
    private static final List<String> PAGES = List.of("/", "/variables.php", "/session.php", "/upload.php", "/articles", NOT_WRITTEN,
            "/stream.php", "/progress.php", "/java/page", "/java/forward", "/greeting.php");

    private static WayOfUse way;

    @BeforeAll
    static void start() throws Exception {
        Path place = Trees.create();
        Trees.copy(Path.of("webapp-example"), place.resolve("webapp-example"));
        List<String> command = List.of(ServerProcess.java(), "-jar", System.getProperty("standalone.jar"), "serve",
                place.resolve("webapp-example").toString(), "--port", "0");
        way = ServerProcess.start(new ServerProcess.Plan(place, command, Map.of(), MainClassIT.READY, "", Set.of()));
    }

    @AfterAll
    static void stop() throws Exception {
        way.close();
    }

    private static Browser browser(int width) throws Exception {
        return browser(width, PageLoadStrategy.NORMAL);
    }

    private static Browser browser(int width, PageLoadStrategy strategy) throws Exception {
        return new Browser("http://localhost:" + way.port(), width, strategy);
    }

    private static void assertFits(Browser browser, int width) {
        assertTrue(browser.number("document.documentElement.scrollWidth") <= width, browser.path() + " is "
                + browser.number("document.documentElement.scrollWidth") + " wide");
    }

    /** These, and whatever is linked from them. */
    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void everyPageIsShownWithoutErrorsAndWithoutScrollingSideways(int width) throws Exception {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(PAGES);
        try (Browser browser = browser(width)) {
            for (String path = open.poll(); path != null; path = open.poll()) {
                if (!seen.add(path)) {
                    continue;
                }
                browser.open(path);
                assertEquals(path.equals(NOT_WRITTEN) ? 404 : 200,
                        browser.number("performance.getEntriesByType('navigation')[0].responseStatus"), path);
                assertTrue(browser.text("footer").contains("through PHP-FPM, served by"), path);
                assertEquals(List.of(), browser.errors().stream().filter(error -> !error.contains(NOT_WRITTEN)).toList(), path);
                assertFits(browser, width);
                browser.screenshot("page" + path.replaceAll("\\?.*", "").replaceAll("[^a-z0-9]+", "-").replaceAll("-$", ""));
                browser.all("a[href]").stream().map(link -> link.getDomProperty("pathname") + link.getDomProperty("search"))
                        .forEach(open::add);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void aVisitorLogsInWritesIntoTheGuestBookAndLogsOut(int width) throws Exception {
        String entry = "<b>Grüße</b> & \"日本\"";
        try (Browser browser = browser(width)) {
            browser.open("/session.php");
            logIn(browser, "wrong");
            assertEquals("That name and password do not belong together.", browser.text(".error"));
            // The status of that answer, 422, is an error to the console.
            browser.errors();
            logIn(browser, "jetty");
            assertEquals("guest", browser.text("main strong"));
            browser.find("#text").sendKeys(entry);
            press(browser, "write");
            assertEquals(entry, browser.text(".entries li p"));
            assertFits(browser, width);
            browser.screenshot("guest-book");
            browser.open("/session.php");
            assertEquals(entry, browser.text(".entries li p"), "it is there when one comes back");
            press(browser, "log-out");
            assertEquals("Log in", browser.text("main h2"));
            logIn(browser, "jetty");
            assertEquals("Nothing is written yet.", browser.text("main .note"));
            assertEquals(List.of(), browser.errors());
        }
    }

    private static void logIn(Browser browser, String password) {
        WebElement name = browser.find("#name");
        name.clear();
        name.sendKeys("guest");
        browser.find("#password").sendKeys(password);
        press(browser, "log-in");
    }

    /** A button that sends its form, up to the next page. */
    private static void press(Browser browser, String action) {
        WebElement button = browser.find("button[value=" + action + "]");
        browser.run("window.left = true");
        button.click();
        browser.await(page -> browser.run("return window.left === undefined && document.readyState === 'complete'") == Boolean.TRUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void anUploadShowsItsProgressAndArrivesAsItWas(int width) throws Exception {
        byte[] bytes = new byte[3_000_001];
        new Random(width).nextBytes(bytes);
        Path file = Files.write(Files.createTempFile("upload", ".bin"), bytes);
        try (Browser browser = browser(width)) {
            browser.open("/upload.php").sendAtMost(2_000_000);
            browser.run("const bar = document.querySelector('#bar'); window.seen = [];"
                    + "new MutationObserver(() => window.seen.push(bar.value)).observe(bar, {attributeFilter: ['value']})");
            browser.find("#file").sendKeys(file.toString());
            browser.find("#upload button").click();
            String result = browser.text(".result");
            assertTrue(result.contains(file.getFileName().toString()) && result.contains("3,000,001 bytes"), result);
            assertTrue(result.contains(HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes))), result);
            assertEquals(true, browser.run("return seen.some(value => value > 0 && value < 1) && seen.at(-1) === 1"
                    + " && seen.every((value, at) => at === 0 || value >= seen[at - 1])"), () -> "bar: " + browser.run("return seen"));
            assertEquals(List.of(), browser.errors());
            assertFits(browser, width);
            browser.screenshot("uploaded");
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void prettyUrlsLeadToTheirArticles(int width) throws Exception {
        try (Browser browser = browser(width)) {
            browser.open("/").find("nav a[href='/articles']").click();
            browser.await(page -> browser.path().equals("/articles"));
            browser.find("a[href='/articles/broken-looks-broken']").click();
            browser.await(page -> browser.path().equals("/articles/broken-looks-broken"));
            assertEquals("What is broken looks broken", browser.text("h1"));
            assertEquals("/articles/broken-looks-broken", browser.text(".variables dd"));
            assertEquals("Articles", browser.text("nav [aria-current=page]"));
            assertEquals("Not found", browser.open(NOT_WRITTEN).text("h1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream.php", "/progress.php"})
    void whatIsFlushedIsSeenBeforeTheEnd(String path) throws Exception {
        try (Browser browser = browser(WIDE, PageLoadStrategy.NONE)) {
            browser.open(path);
            List<Long> steps = new ArrayList<>();
            browser.await(page -> {
                long shown = browser.number("document.querySelectorAll('ol.events li').length");
                if (shown > 0 && (steps.isEmpty() || steps.get(steps.size() - 1) != shown)) {
                    steps.add(shown);
                }
                return shown == 10;
            });
            // One every 0.4 s; a machine that is busy with something else may show two at once.
            assertTrue(steps.size() >= 5 && steps.get(0) <= 3, "steps shown: " + steps);
            if (path.equals("/stream.php")) {
                browser.await(page -> browser.text("#state").equals("That was the last event."));
                assertEquals(10, browser.number("document.getElementById('bar').value"));
            } else {
                browser.await(page -> browser.text("main").contains("Done."));
            }
            assertEquals(List.of(), browser.errors());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void aPageOfJavaStandsInAFrameOfPhp(int width) throws Exception {
        try (Browser browser = browser(width)) {
            browser.open("/java/page");
            assertEquals(1, browser.all("html").size());
            assertEquals("Java and PHP", browser.text("main#main > h1"));
            assertTrue(browser.text("main#main > .big").contains("written by JavaPageServlet"));
            assertEquals("Java", browser.text("header nav [aria-current=page]"));
            assertTrue(browser.text("body > footer").contains("through PHP-FPM"));
            browser.find("main a[href='/java/forward']").click();
            browser.await(page -> browser.text("main .big").startsWith("Hello from Java"));
            assertEquals(List.of(), browser.errors());
        }
    }
}
