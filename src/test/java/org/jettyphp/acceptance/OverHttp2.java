package org.jettyphp.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jettyphp.peers.RawHttp2;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;

/** Cleartext HTTP/2, in every container. */
interface OverHttp2 extends Started {

    private RawHttp2 toPlain() throws Exception {
        return new RawHttp2(plain().port());
    }

    private String path(String path) {
        return plain().contextPath() + path;
    }

    @Test
    default void aPageOverHttp2() throws Exception {
        try (RawHttp2 client = toPlain()) {
            RawHttp2.Ending page = client.get(path("/hello.php")).read();
            assertEquals("Hello, World!", page.body(), plain().log());
            assertTrue(page.clean());
        }
    }

    @Test
    default void anUploadOverHttp2NeedsNoLength() throws Exception {
        try (RawHttp2 client = toPlain()) {
            byte[] body = "0123456789".repeat(20_000).getBytes(US_ASCII);
            String page = client.post(path("/body.php")).data(body, true).read().body();
            assertTrue(page.contains("200000"), page);
        }
    }

    @Test
    default void whoResetsAStreamWhilePhpComputesIsNoticedAtOnce() throws Exception {
        Path open = Files.createTempDirectory(scratch(), "open");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path count = open.resolve("count");
        Path never = open.resolve("never");
        String uri = path("/count.php?count=" + count + "&until=" + never + "&ended=" + never);
        try (RawHttp2 client = toPlain()) {
            client.get(uri);
            Until.true_("it runs", () -> Files.exists(count));
            client.cancel();
            Until.true_("it is noticed", () -> plain().log().contains("499 GET " + uri));
        }
    }
}
