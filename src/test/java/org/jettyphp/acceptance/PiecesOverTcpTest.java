package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** php-fpm leaves Nagle's algorithm on: its next piece waits until the last one is acknowledged. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Linux counts acknowledgements that were delayed, and can be told not to delay one")
class PiecesOverTcpTest extends BehindRealFpm {

    private static final int REQUESTS = 60;

    /** Of the whole machine: others delay some too. */
    private static long delayedAcknowledgements() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/net/netstat")).stream().filter(line -> line.startsWith("TcpExt:")).toList();
        return Long.parseLong(lines.get(1).split(" ")[List.of(lines.get(0).split(" ")).indexOf("DelayedACKs")]);
    }

    @Test
    void noPieceWaitsForAnAcknowledgementThatIsDelayed() throws Exception {
        Trees.write(root, "pieces.php",
                "<?php while (ob_get_level()) ob_end_flush(); for ($i = 0; $i < 4; $i++) { echo str_repeat('x', 3000); flush(); }");
        int port = serve(RealFpm.onTcp(Map.of("pm.max_children", "1")), "keepAlive", "1");
        long before = delayedAcknowledgements();
        for (int i = 0; i < REQUESTS; i++) {
            assertEquals(12_000, RawHttp.get(port, "/pieces.php").body().length());
        }
        long delayed = delayedAcknowledgements() - before;
        assertTrue(delayed < REQUESTS / 2, delayed + " were delayed");
    }
}
