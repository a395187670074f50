package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.PageLoadStrategy;

/** Debian's applications in a real browser, each used in the same way whatever serves it. What is not installed is skipped. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ApplicationsIT {

    private static final int WIDTH = 1280;

    @ParameterizedTest
    @EnumSource
    void dokuWiki(Serving serving) throws Exception {
        use(new DokuWiki(), serving);
    }

    @ParameterizedTest
    @EnumSource
    void mediaWiki(Serving serving) throws Exception {
        use(new MediaWiki(), serving);
    }

    @ParameterizedTest
    @EnumSource
    void phpMyAdmin(Serving serving) throws Exception {
        use(new PhpMyAdmin(), serving);
    }

    @ParameterizedTest
    @EnumSource
    void adminer(Serving serving) throws Exception {
        use(new Adminer(), serving);
    }

    @ParameterizedTest
    @EnumSource
    void wordPress(Serving serving) throws Exception {
        use(new WordPress(), serving);
    }

    @ParameterizedTest
    @EnumSource
    void symfony(Serving serving) throws Exception {
        use(new Symfony(), serving);
    }

    private static void use(DebianApplication application, Serving serving) throws Exception {
        try (Workplace place = new Workplace()) {
            Path picture = place.picture();
            Path directory = application.setUp(place);
            place.giveToWorkers();
            try (WayOfUse way = serving.start(application, directory);
                    Browser browser = new Browser("http://localhost:" + way.port(), WIDTH, PageLoadStrategy.NORMAL)) {
                try {
                    application.use(
                            new Visit(browser, way.port(), picture, application.preset() + "-" + serving.name().toLowerCase(Locale.ROOT)));
                    assertEquals(List.of(), browser.errors().stream()
                            .filter(error -> application.itsOwnErrors().stream().noneMatch(error::contains)).toList());
                } catch (Exception | AssertionError failed) {
                    browser.screenshot("failed");
                    throw new AssertionError(browser.path() + "\n" + browser.errors() + "\n" + way.log(), failed);
                }
                assertFalse(way.log().lines().anyMatch(line -> line.matches(".* 5\\d\\d [A-Z]+ /.*")), way.log());
            }
        }
    }
}
