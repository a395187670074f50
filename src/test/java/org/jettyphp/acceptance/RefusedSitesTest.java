package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jettyphp.config.SettingsException;
import org.jettyphp.launch.PhpServerBuilder;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sites that cannot be, with what to change. */
class RefusedSitesTest extends WithSites {

    @Test
    void workersInCommonThatWouldKeepAnIniValueAreRefused() throws Exception {
        PhpServerBuilder common = main().target("127.0.0.1:9000").set("site.blog.example", settings("blog", "ini.precision = 10"));
        String message = assertThrows(SettingsException.class, common::build).getMessage();
        assertTrue(message.contains("site blog.example: has PHP-FPM workers in common with /, which would keep ini.precision"), message);
        main().target("127.0.0.1:9000").set("ini.precision", "9").set("site.blog.example", settings("blog", "ini.precision = 10")).build();
        main().target("127.0.0.1:9000").set("site.blog.example", settings("blog", "ini.precision = 10", "target = private")).build();
    }

    @ParameterizedTest
    @CsvSource({"port = 80, 'port in FILE: the whole server has one'", "stopTimeout = 1s, 'stopTimeout in FILE: the whole server has one'",
            "maxUri = 1k, 'maxUri in FILE: the whole server has one'", "healthPath = /h, 'healthPath in FILE: the whole server has one'",
            "contextPath = /x, 'contextPath in FILE: the path of a site is in its name'",
            "site.a = /srv, 'site.a in FILE: a site has no sites'",
            "host = x, 'host in FILE: it is the address'",
            "maxConnexions = 4, 'maxConnexions in FILE: there is no such setting; did you mean maxConnections'",
            "queueTimeout = 4, 'queueTimeout in FILE = \"4\"'"})
    void whatASiteCannotSetIsRefusedWithTheReason(String line, String reason) throws Exception {
        String file = settings("blog", line);
        String message = assertThrows(SettingsException.class, main().set("site.blog.example", file)::build).getMessage();
        assertTrue(message.contains(reason.replace("FILE", file)), message);
    }

    private String refusal(String key, String value) {
        return assertThrows(SettingsException.class, main().set("site." + key, value)::build).getMessage();
    }

    @Test
    void aSiteThatCannotBeServedIsRefusedWithTheReason() throws Exception {
        assertTrue(refusal("blog.example", root + "/none").contains(
                "site.blog.example in PhpServerBuilder = \"" + root + "/none\": there is no such directory or file; name the directory"));
        assertTrue(refusal("blog.example", Trees.write(root, "empty", "").toString())
                .contains("empty: it is not set; the settings of a site name"));
        assertTrue(refusal("/", directory("blog")).contains("site /: is for the same requests as " + directory("main")));
        assertTrue(refusal("b_ö.example", directory("blog")).contains("'b_ö.example' is no host"));
        assertTrue(refusal("/a b", directory("blog")).contains("site./a b"));
        PhpServerBuilder twice = main().set("site.blog.example", directory("blog")).set("site.BLOG.example:80/", directory("shop"));
        assertTrue(assertThrows(SettingsException.class, twice::build).getMessage().contains("is for the same requests as "));
        PhpServerBuilder elsewhere = main().set("scriptRoot", "/elsewhere").set("site.blog.example", directory("blog"));
        assertTrue(
                assertThrows(SettingsException.class, elsewhere::build).getMessage().contains("scriptRoot of the server is the directory"));
    }
}
