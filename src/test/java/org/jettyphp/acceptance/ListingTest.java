package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code listing=true}. */
class ListingTest extends BehindFakeFpm {

    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\">([^<]*)</a>");

    @TempDir private Path outside;

    private int serve(String... settings) throws Exception {
        return serve((request, wire) -> wire.stdout(HEAD + "php").end(0), settings);
    }

    @BeforeEach
    void fill() throws Exception {
        for (String file : List.of("päge & more.txt", "<b>.txt", "a:b.txt", "100%25.txt", "\"q\".txt", "run.php", "old.phtml",
                "run.php.bak", ".env", "dump.sql.gz", "sub/index.html", "WEB-INF/web.txt", "node.log")) {
            Trees.write(root, "files/" + file, "content");
        }
        Path secret = Files.writeString(outside.resolve("secret.txt"), "content");
        Files.createSymbolicLink(root.resolve("files/leads-out.txt"), secret);
        Files.createSymbolicLink(root.resolve("files/leads-out"), outside);
        Files.createSymbolicLink(root.resolve("files/source.txt"), Path.of("run.php"));
        Files.createSymbolicLink(root.resolve("files/within.txt"), Path.of("a:b.txt"));
    }

    private static List<String> names(Reply page) {
        List<String> names = new ArrayList<>();
        for (Matcher link = LINK.matcher(page.text()); link.find();) {
            names.add(link.group(2));
        }
        return names;
    }

    @Test
    void whatWouldBeServedOrRunIsShownAndNothingElse() throws Exception {
        Reply page = RawHttp.get(serve("listing", "true"), "/files/");
        assertEquals(200, page.status());
        assertEquals("text/html;charset=utf-8", page.header("Content-Type"));
        assertEquals(List.of("../", "sub/", "\"q\".txt", "100%25.txt", "&lt;b&gt;.txt", "a:b.txt", "päge &amp; more.txt", "run.php",
                "within.txt"), names(page));
    }

    @Test
    void everyLinkLeadsToWhatItNames() throws Exception {
        int port = serve("listing", "true");
        Matcher link = LINK.matcher(RawHttp.get(port, "/files/").text());
        int followed = 0;
        for (; link.find(); followed++) {
            String href = link.group(1);
            assertTrue(href.startsWith("./") || href.equals("../"), "relative, and no scheme: " + href);
            assertEquals(200, RawHttp.get(port, href.equals("../") ? "/" : "/files/" + href.substring(2)).status(), href);
        }
        assertEquals(9, followed);
    }

    @Test
    void anIndexComesFirstAndTheFallbackLast() throws Exception {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(root.resolve("files/run.sock"))).close();
        int port = serve("listing", "true", "fallback", "/files/run.php");
        assertEquals("content", RawHttp.get(port, "/files/sub/").body());
        String page = RawHttp.get(port, "/files/").text();
        assertTrue(page.contains("a:b.txt"), page);
        assertFalse(page.contains("run.sock"), "which is no file, so that the fallback would run for it");
        assertEquals("php", RawHttp.get(port, "/none").body());
    }

    @Test
    void itIsReadOnly() throws Exception {
        int port = serve("listing", "true");
        assertEquals(405, RawHttp.post(port, "/files/", "x").status());
        try (RawHttp http = new RawHttp(port)) {
            Reply head = http.send("HEAD", "/files/", "").read(true);
            assertEquals(200, head.status());
            assertTrue(Integer.parseInt(head.header("Content-Length")) > 100, head.toString());
        }
    }

    @Test
    void whatIsForNobodyIsNotListed() throws Exception {
        int port = serve("listing", "true", "deny", "/files/sub");
        assertEquals(404, RawHttp.get(port, "/files/WEB-INF/").status());
        assertEquals(404, RawHttp.get(port, "/files/sub/").status());
        assertFalse(RawHttp.get(port, "/files/").text().contains("sub/"));
    }

    @Test
    void nothingIsListedBehindALinkThatLeadsOut() throws Exception {
        Reply page = RawHttp.get(serve("listing", "true"), "/files/leads-out/");
        assertEquals(403, page.status());
        assertFalse(page.text().contains("secret"), page.text());
    }

    @Test
    void thePageIsCalledByThePathAsText() throws Exception {
        Trees.write(root, "files/sub/<i>/a.txt", "content");
        Reply page = RawHttp.get(serve("listing", "true"), "/files/sub/%3Ci%3E/");
        assertTrue(page.text().contains("<title>/files/sub/&lt;i&gt;/</title>"), page.text());
        assertFalse(page.text().contains("<i>"), page.text());
    }

    @Test
    void fromTheRootNothingLeadsUp() throws Exception {
        assertEquals(List.of("files/", "x.php"), names(RawHttp.get(serve("listing", "true"), "/")));
    }

    @Test
    void unlessItIsAskedForNothingIsListed() throws Exception {
        assertEquals(403, RawHttp.get(serve(), "/files/").status());
    }
}
