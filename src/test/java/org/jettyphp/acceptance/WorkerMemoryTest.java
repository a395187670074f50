package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;

/** What the workers of a private php-fpm take of memory. */
class WorkerMemoryTest extends BehindRealFpm {

    private static final Pattern TOLD = Pattern.compile("1 PHP workers, about (\\d+) MiB each");

    /** Linux tells it, but not of another user's process to a root without CAP_SYS_PTRACE. */
    private static boolean isToldHere() {
        return ProcessHandle.current().descendants().allMatch(process -> {
            try {
                return !Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).isEmpty();
            } catch (IOException untold) {
                return !process.isAlive();
            }
        });
    }

    private List<Integer> told() {
        return TOLD.matcher(log.text()).results().map(found -> Integer.parseInt(found.group(1))).toList();
    }

    @Test
    void isToldAtTheStartAndWhenItHasBecomeMarkedlyMore() throws Exception {
        Trees.write(root, "hoard.php", "<?php $hoard = str_repeat('x', 60 << 20); while (!file_exists($_GET['until'])) "
                + "{ usleep(10000); clearstatcache(); } echo strlen($hoard) >> 20;");
        int port = servePrivately();
        assumeTrue(isToldHere(), "the system does not tell it");
        assertEquals(1, told().size(), log.text());
        int atFirst = told().get(0);
        assertTrue(atFirst > 0 && atFirst < 60, log.text());
        try (RawHttp http = new RawHttp(port)) {
            http.send("GET", "/hoard.php?until=" + state("until"), "");
            Until.true_("it is told again", () -> told().size() == 2);
            assertTrue(told().get(1) >= 60, log.text());
            Files.createFile(state("until"));
            assertEquals("60", http.read().body());
        }
    }
}
