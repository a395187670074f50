package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.Test;

/** Files that PHP names, where PHP-FPM has one worker. */
class SentFilesTest extends BehindRealFpm {

    private static final int LARGE = 64 << 20;

    private String naming(String name) {
        return "/send.php?X-Sendfile=" + root.resolve(name);
    }

    private void serveFiles(String... more) throws Exception {
        SentFiles.write(root);
        String[] settings = java.util.Arrays.copyOf(new String[] {"sendfileRoots", root.resolve("private").toString()}, 2 + more.length);
        System.arraycopy(more, 0, settings, 2, more.length);
        serve(settings);
    }

    @Test
    void aFileThatIsBeingSentHoldsNoWorker() throws Exception {
        Path large = Files.createDirectories(root.resolve("private")).resolve("huge.bin");
        Files.write(large, new byte[LARGE]);
        serveFiles();
        try (RawHttp slow = new RawHttp(port(), 4096)) {
            slow.send("GET", naming("private/huge.bin"), "").readHead();
            assertEquals("Hello, World!", RawHttp.get(port(), "/hello.php").body());
        }
    }

    /** No refusal to start: it may be a place that is mounted, or made by the application, later. */
    @Test
    void aDirectoryThatIsMissingIsInTheLogAtStart() throws Exception {
        serve("sendfileRoots", root + "/nope " + root, "internalLocation./protected", root + "/nowhere");
        assertTrue(log.text().contains("No file can be sent from " + root + "/nope until"), log.text());
        assertTrue(log.text().contains("No file can be sent from " + root + "/nowhere until"), log.text());
        assertFalse(log.text().contains("No file can be sent from " + root + " until"), log.text());
    }

    @Test
    void withoutTheSettingTheHeaderIsRemovedAndTheLogSaysWhatToSet() throws Exception {
        SentFiles.write(root);
        serve();
        for (int i = 0; i < 2; i++) {
            Reply reply = RawHttp.get(port(), naming("private/report.txt"));
            assertEquals("BODY OF PHP", reply.body().strip());
            assertNull(reply.header("X-Sendfile"));
        }
        assertEquals(2, log.text().split("set sendfileRoots", -1).length, "said once: " + log.text());
    }

    @Test
    void behindAFilterWithoutAsyncAFileIsSentAllTheSame() throws Exception {
        SentFiles.write(root);
        fpm = org.jettyphp.peers.RealFpm.onUnixSocket(java.util.Map.of("pm.max_children", "1"));
        server = org.jettyphp.launch.PhpServer.serving(root).target(fpm.target()).maxConnections(1).port(0).set("accessLog", "off")
                .set("sendfileRoots", root.resolve("private").toString()).build();
        FilterHolder blocking = new FilterHolder((request, response, chain) -> chain.doFilter(request, response));
        blocking.setAsyncSupported(false);
        server.context().addFilter(blocking, "/*", java.util.EnumSet.of(jakarta.servlet.DispatcherType.REQUEST));
        server.start();
        Reply part = RawHttp.get(port(), naming("private/report.txt") + "&Content-Type=text/x-report", "Range: bytes=0-1");
        assertEquals(206, part.status(), log.text());
        assertEquals("01", part.body());
        assertEquals("text/x-report;charset=UTF-8", part.header("Content-Type").replace(" ", ""));
        assertTrue(log.text().contains("does not support async"), log.text());
    }

    @Test
    void itsTypeIsAsPhpWroteIt() throws Exception {
        serveFiles();
        for (String method : new String[] {"GET", "HEAD", "POST"}) {
            try (RawHttp http = new RawHttp(port())) {
                String uri = naming("private/report.txt")
                        + "&Content-Type=text/x-report;%20charset=ISO-8859-15&Date=Mon,%2001%20Jan%202024%2000:00:00%20GMT";
                Reply reply = http.send(method, uri, "").read(true);
                assertEquals(List.of("text/x-report; charset=ISO-8859-15"), reply.all("Content-Type"), method);
                assertEquals(List.of("Mon, 01 Jan 2024 00:00:00 GMT"), reply.all("Date"), method);
            }
        }
    }

    /** Its text is compressed as that of other files is, and a compressed sibling, of which PHP has said nothing, is not sent. */
    @Test
    void aSiblingIsNotSentInItsPlace() throws Exception {
        Trees.write(root, "private/page.txt", "text ".repeat(200));
        Trees.write(root, "private/page.txt.gz", "SIBLING");
        serveFiles();
        Reply reply = RawHttp.get(port(), naming("private/page.txt"), "Accept-Encoding: gzip");
        assertEquals("gzip", reply.header("Content-Encoding"));
        assertEquals("\u001f\u008b", reply.body().substring(0, 2));
        assertEquals("text ".repeat(200), RawHttp.get(port(), naming("private/page.txt")).body());
    }

    @Test
    void anIncludedScriptHasNothingToSend() throws Exception {
        serveFiles();
        server.context().addServlet(new org.eclipse.jetty.ee11.servlet.ServletHolder(new jakarta.servlet.http.HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void doGet(jakarta.servlet.http.HttpServletRequest request, jakarta.servlet.http.HttpServletResponse response)
                    throws jakarta.servlet.ServletException, java.io.IOException {
                request.getRequestDispatcher(naming("private/report.txt")).include(request, response);
            }
        }), "/including");
        assertEquals("BODY OF PHP", RawHttp.get(port(), "/including").body().strip());
    }
}
