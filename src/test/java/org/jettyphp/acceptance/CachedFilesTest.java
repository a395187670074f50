package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.Test;

/** Small files come from memory. */
class CachedFilesTest extends BehindFakeFpm {

    private static final int SMALL = 64 * 1024;
    private static final int FILES = 640;
    private static final long MOST = 16L << 20;

    /** What a few connections read into, and one file on its way in. */
    private static final long BESIDE = 4L << 20;

    @Test
    void theyTakeNoMoreOfItThanDocumented() throws Exception {
        int port = serve((request, wire) -> wire.close());
        String body = "x".repeat(SMALL);
        for (int i = 0; i < FILES; i++) {
            Trees.write(root, i + ".txt", body);
        }
        long before = outsideTheHeap();
        try (RawHttp http = new RawHttp(port)) {
            for (int i = 0; i < FILES; i++) {
                assertEquals(body, http.send("GET", "/" + i + ".txt", "").read().body());
            }
        }
        long taken = outsideTheHeap() - before;
        assertTrue(taken > MOST / 2, "as much as " + taken + " bytes are no cache");
        assertTrue(taken < MOST + BESIDE, taken + " bytes");
    }

    private static long outsideTheHeap() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }
}
