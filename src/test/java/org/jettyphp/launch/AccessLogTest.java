package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {

    @TempDir private Path directory;

    /** U+009B begins a sequence for a terminal, U+0085 and U+2028 end a line to some readers. */
    @Test
    void nothingThatAClientSendsIsAControlCharacter() throws Exception {
        Trees.write(directory, "app/plain.txt", "plain");
        Path log = directory.resolve("access.log");
        try (PhpServer server = PhpServer.serving(directory.resolve("app")).target("127.0.0.1:1").port(0).set("accessLog", log.toString())
                .build(); RawHttp http = new RawHttp(started(server))) {
            http.write("GET /plain.txt HTTP/1.1\r\nHost: x\r\nReferer: a\tb\r\nUser-Agent: \u009b31m\u0085\u00e9\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1)).read();
            Until.true_("logged", () -> Files.size(log) > 0);
            String line = Files.readString(log);
            assertEquals("\"a\\x09b\" \"\\x9b31m\\x85\u00e9\"", line.split(" 200 5 | queue=")[1]);
            assertEquals(List.of(), line.strip().chars().filter(Character::isISOControl).boxed().toList());
        }
        assertEquals("a\\u2028b", AccessLog.withoutControls("a\u2028b"));
    }

    @Test
    void anAddressIsWrittenAsApacheAndNginxDo() {
        assertEquals("::1 - - [28/Nov/2026:11:55:06 +0000] \"GET / HTTP/1.1\"",
                AccessLog.withCommonAddress("[0:0:0:0:0:0:0:1] - - [28/Nov/2026:11:55:06 +0000] \"GET / HTTP/1.1\""));
        assertEquals("10.0.0.1 - - [28/Nov/2026:11:55:06 +0000]", AccessLog.withCommonAddress("10.0.0.1 - - [28/Nov/2026:11:55:06 +0000]"));
    }

    private static int started(PhpServer server) throws Exception {
        server.start();
        return server.port();
    }
}
