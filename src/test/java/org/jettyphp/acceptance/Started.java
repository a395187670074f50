package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;

/** What the themes of the suite have at hand. */
interface Started {

    /** In front of a php-fpm with 4 workers on a Unix socket; a connection a request; responseTimeout 1.5 s. */
    WayOfUse plain();

    /** In front of a php-fpm with 4 workers on TCP; fallback /front.php; keepAlive 2. */
    WayOfUse front();

    RealFpm fpm();

    /** A directory that PHP can read but, as another user, not write. */
    Path scratch();

    default Reply get(String path, String... headers) throws Exception {
        return RawHttp.get(plain().port(), plain().contextPath() + path, headers);
    }

    default Reply post(String path, String body, String... headers) throws Exception {
        return RawHttp.post(plain().port(), plain().contextPath() + path, body, headers);
    }

    /** What PHP flushes before it waits reaches a client while it waits. */
    default void assertFlushedOutputArrives(WayOfUse way) throws Exception {
        Path until = scratch().resolve("go-on-" + System.nanoTime());
        try (RawHttp http = new RawHttp(way.port())) {
            http.send("GET", way.contextPath() + "/flush.php?until=" + until, "").readHead();
            String line = http.line();
            while (!line.startsWith("data:")) {
                line = http.line();
            }
            assertEquals("data: one", line);
            Files.createFile(until);
            while (!line.equals("data: two")) {
                line = http.line();
            }
        }
    }

    default void needs(WayOfUse.Capability capability, String why) {
        assumeTrue(plain().capabilities().contains(capability), why);
    }
}
