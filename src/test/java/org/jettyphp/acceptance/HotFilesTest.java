package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are asked for again and again, whose answers are remembered for a moment, in the embedded server. */
class HotFilesTest extends BehindFakeFpm {

    private static final String PAGE = "body { }\n".repeat(100);

    private int serve(String... settings) throws Exception {
        return serve((request, wire) -> wire.stdout(HEAD + "php").end(0), settings);
    }

    /** The first time its length was not known when its head went out. */
    private static void waitUntilRemembered(int port, String url, String... fields) throws Exception {
        Until.true_("remembered", () -> RawHttp.get(port, url, fields).header("Content-Length") != null);
    }

    @Test
    void oneIsRememberedAsItWasSent() throws Exception {
        Trees.write(root, "a.css", PAGE);
        int port = serve("cacheControl.*.css", "max-age=60");
        Reply first = RawHttp.get(port, "/a.css", "Accept-Encoding: gzip");
        waitUntilRemembered(port, "/a.css", "Accept-Encoding: gzip");
        Reply again = RawHttp.get(port, "/a.css", "Accept-Encoding: gzip");
        for (String name : new String[] {"Content-Type", "ETag", "Last-Modified", "Vary", "Content-Encoding", "Cache-Control"}) {
            assertEquals(first.header(name), again.header(name), name);
            assertTrue(again.header(name) != null, name);
        }
        assertEquals(PAGE, RawHttp.get(port, "/a.css").body());
    }

    @Test
    void aDeploymentCountsFromTheNextRequestOn() throws Exception {
        Trees.write(root, "releases/1/a.css", PAGE);
        Trees.write(root, "releases/2/a.css", "new");
        Files.setLastModifiedTime(root.resolve("releases/2/a.css"), Files.getLastModifiedTime(root.resolve("releases/1/a.css")));
        Path current = Files.createSymbolicLink(root.resolve("current"), Path.of("releases/1"));
        fpm = new FakeFpm((request, wire) -> wire.stdout(HEAD + "php").end(0));
        int port = start(PhpServer.serving(current).target(fpm.target()).set("accessLog", "off"));
        waitUntilRemembered(port, "/a.css", "Accept-Encoding: gzip");
        assertEquals(PAGE, RawHttp.get(port, "/a.css").body());
        Path next = Files.createSymbolicLink(root.resolve("next"), Path.of("releases/2"));
        Files.move(next, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertEquals("new", RawHttp.get(port, "/a.css").body());
        assertEquals("new", RawHttp.get(port, "/a.css", "Accept-Encoding: gzip").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RewriteEngine on\nRewriteCond %{HTTP_COOKIE} !in\nRewriteRule a\\.css - [F]\n",
            "RewriteEngine on\nRewriteCond %{HTTP:X-In} !in\nRewriteRule a\\.css - [F]\n",
            "SetEnvIf Cookie in let_in\nOrder deny,allow\nDeny from all\nAllow from env=let_in\n"})
    void aRuleThatAsksForMoreThanTheUrlIsAskedEachTime(String rules) throws Exception {
        Trees.write(root, "a.css", PAGE);
        Trees.write(root, ".htaccess", rules);
        int port = serve();
        for (int i = 0; i < 3; i++) {
            assertEquals(200, RawHttp.get(port, "/a.css", "Cookie: in", "X-In: in").status());
            assertEquals(403, RawHttp.get(port, "/a.css").status());
        }
    }

    @Test
    void aClientsAddressIsAskedForEachTime() throws Exception {
        Trees.write(root, "a.css", PAGE);
        Trees.write(root, ".htaccess", "Require ip 127.0.0.1\n");
        int port = serve();
        for (int i = 0; i < 3; i++) {
            assertEquals(200, RawHttp.get(port, "/a.css").status());
            try (RawHttp other = RawHttp.from("127.0.0.2", port)) {
                assertEquals(403, other.send("GET", "/a.css", "").read().status());
            }
        }
    }

    /** WordPress's, which look at the URL and at files alone. */
    @Test
    void rulesThatLookAtTheUrlAloneLetItBeRemembered() throws Exception {
        Trees.write(root, "a.css", PAGE);
        Trees.write(root, ".htaccess", "RewriteEngine on\nRewriteRule ^index\\.php$ - [L]\nRewriteCond %{REQUEST_FILENAME} !-f\n"
                + "RewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule . /x.php [L]\n");
        int port = serve();
        waitUntilRemembered(port, "/a.css", "Accept-Encoding: gzip");
        Files.delete(root.resolve("a.css"));
        assertEquals("php", RawHttp.get(port, "/a.css", "Accept-Encoding: gzip").body());
    }

    /** What answers for everything that is missing must not do so when it is there. */
    @Test
    void aFileThatAppearsCountsFromTheNextRequestOn() throws Exception {
        Trees.write(root, "index.html", PAGE);
        int port = serve("fallback", "/index.html");
        for (int i = 0; i < 3; i++) {
            assertEquals(PAGE, RawHttp.get(port, "/a.css").body());
        }
        Trees.write(root, "a.css", "new");
        assertEquals("new", RawHttp.get(port, "/a.css").body());
    }

    @Test
    void whatIsDeniedFromNowOnIsDeniedWithinASecond() throws Exception {
        Trees.write(root, "a.css", PAGE);
        int port = serve();
        waitUntilRemembered(port, "/a.css", "Accept-Encoding: gzip");
        Trees.write(root, ".htaccess", "Require all denied\n");
        Until.true_("denied", () -> RawHttp.get(port, "/a.css", "Accept-Encoding: gzip").status() == 403);
    }

    @Test
    void aFilterOfJavasSeesEachRequest() throws Exception {
        Trees.write(root, "a.css", PAGE);
        fpm = new FakeFpm((request, wire) -> wire.stdout(HEAD + "php").end(0));
        server = PhpServer.serving(root).target(fpm.target()).set("accessLog", "off").port(0).build();
        Filter doorkeeper = (request, response, chain) -> {
            if (((HttpServletRequest) request).getHeader("X-In") == null) {
                ((HttpServletResponse) response).sendError(HttpServletResponse.SC_UNAUTHORIZED);
            } else {
                chain.doFilter(request, response);
            }
        };
        FilterHolder holder = new FilterHolder(doorkeeper);
        holder.setAsyncSupported(true);
        server.context().addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        server.start();
        for (int i = 0; i < 3; i++) {
            assertEquals(200, RawHttp.get(server.port(), "/a.css", "X-In: yes").status());
            assertEquals(401, RawHttp.get(server.port(), "/a.css").status());
        }
    }

    @Test
    void hostsAreToldApart() throws Exception {
        Trees.write(root, "a.css", PAGE);
        int port = serve("hosts", "a.example");
        for (int i = 0; i < 3; i++) {
            try (RawHttp http = new RawHttp(port)) {
                assertEquals(200, http.write("GET /a.css HTTP/1.1\r\nHost: a.example\r\n\r\n").read().status());
                assertEquals(421, http.write("GET /a.css HTTP/1.1\r\nHost: b.example\r\n\r\n").read().status());
            }
        }
    }
}
