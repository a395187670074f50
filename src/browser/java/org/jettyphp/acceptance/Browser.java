package org.jettyphp.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, with a profile of its own, that shows pages at one width and downloads what it is told to. */
final class Browser implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int NARROW = 600;

    private final Path profile;
    private final String url;
    private final int width;
    private final ChromeDriver driver;

    /**
     * Opens it.
     *
     * @param url what every path is appended to
     * @param strategy whether it waits for the end of a page
     */
    Browser(String url, int width, PageLoadStrategy strategy) throws IOException {
        this.url = url;
        this.width = width;
        profile = Trees.create();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium"));
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-dev-shm-usage",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + profile);
        options.setPageLoadStrategy(strategy);
        LoggingPreferences log = new LoggingPreferences();
        log.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, log);
        // Named, so that Selenium does not look for one in the net.
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(program("chromedriver")).build(), options);
        // A window cannot be this narrow.
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", width < NARROW ? 844 : 900, "deviceScaleFactor", 1, "mobile", width < NARROW));
    }

    private static File program(String name) {
        return List.of(System.getenv("PATH").split(":")).stream().map(place -> new File(place, name)).filter(File::canExecute).findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not installed; ./test browser does that"));
    }

    Browser open(String path) {
        driver.get(path.startsWith("http") ? path : url + path);
        return this;
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The text of the first one of these, once there is one. */
    String text(String selector) {
        return await(page -> all(selector).stream().findFirst().map(WebElement::getText).orElse(null));
    }

    /** Types into a field, once it is there. */
    void type(String field, String text) {
        WebElement element = await(page -> all(field).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
        element.clear();
        element.sendKeys(text);
    }

    /** Clicks, and waits for the next page. */
    void press(String button) {
        run("window.left = true");
        press(button, page -> run("return window.left === undefined && document.readyState === 'complete'") == Boolean.TRUE);
    }

    /** Clicks what may be off the screen, and waits. */
    void press(String button, ExpectedCondition<Boolean> until) {
        WebElement element = await(page -> all(button).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
        run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
        element.click();
        await(until);
    }

    void doubleClick(WebElement element) {
        new Actions(driver).doubleClick(element).perform();
    }

    /** The path of what is shown. */
    String path() {
        return driver.getCurrentUrl().substring(url.length());
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** How many bytes are behind a link. */
    long size(String link) {
        return ((Number) run(
                "return fetch(document.querySelector(arguments[0]).href).then(answer => answer.blob()).then(blob => blob.size)",
                link)).longValue();
    }

    /** The answer to a form. */
    String posted(String form) {
        return (String) run("const form = document.querySelector(arguments[0]); return fetch(form.action, {method: 'POST', "
                + "body: new URLSearchParams(new FormData(form))}).then(answer => answer.text())", form);
    }

    /** What a button downloads. */
    String downloaded(String button) throws Exception {
        Path directory = Files.createDirectories(profile.resolve("downloaded"));
        driver.executeCdpCommand("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", directory.toString()));
        press(button, page -> files(directory).stream().anyMatch(file -> !file.getName().endsWith(".crdownload")));
        File file = files(directory).get(0);
        String text = Files.readString(file.toPath());
        Files.delete(file.toPath());
        return text;
    }

    private static List<File> files(Path directory) {
        return List.of(Objects.requireNonNull(directory.toFile().listFiles(file -> !file.isHidden())));
    }

    long number(String expression) {
        return ((Number) run("return " + expression)).longValue();
    }

    <T> T await(ExpectedCondition<T> condition) {
        return new WebDriverWait(driver, LIMIT, Duration.ofMillis(20)).until(condition);
    }

    /** Lets uploads take their time. */
    void sendAtMost(int bytesASecond) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.emulateNetworkConditions",
                Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", bytesASecond));
    }

    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + "-" + width + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What the console has said since it was last asked, from the level of errors on. */
    List<String> errors() {
        return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue()).map(LogEntry::getMessage).toList();
    }

    @Override
    public void close() throws Exception {
        driver.quit();
        Until.true_("chromium has left its profile", () -> {
            try {
                Trees.delete(profile);
                return true;
            } catch (DirectoryNotEmptyException | NoSuchFileException | java.io.UncheckedIOException stillWriting) {
                return !Files.exists(profile);
            }
        });
    }
}
