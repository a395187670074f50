package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main class with a php-fpm of its own takes on what has changed, without a restart and without losing a request. */
class ReloadIT {

    private static final int RELOADS = 10;

    private Path root;
    private Path iniFile;
    private Path config;
    private ServerProcess server;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Files.copy(Path.of("src/test/php/once.php"), root.resolve("once.php"));
        Trees.write(root, "ini.php", "<?php echo ini_get($_GET['name']);");
        Files.setPosixFilePermissions(Files.createDirectory(root.resolve("state")), PosixFilePermissions.fromString("rwxrwxrwx"));
        iniFile = Trees.write(root, "conf.d/own.ini", "memory_limit = 77M\n");
        config = Trees.write(root, "server.properties", "ini.precision = 9\nworkers = 4\n");
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        Trees.delete(root);
    }

    private void serve() throws Exception {
        serve(command -> command);
    }

    private void serve(UnaryOperator<List<String>> within) throws Exception {
        List<String> command = within.apply(List.of(ServerProcess.java(), "-jar", System.getProperty("standalone.jar"), "serve",
                root.toString(), "--port", "0", "--config", config.toString(), "--access-log", "off"));
        server = ServerProcess.start(new ServerProcess.Plan(Trees.create(), command,
                Map.of("PHP_INI_SCAN_DIR", ":" + iniFile.getParent()), MainClassIT.READY, "", Set.of()));
    }

    private String ini(String name) throws Exception {
        return RawHttp.get(server.port(), "/ini.php?name=" + name).body();
    }

    private int said(String words) throws Exception {
        return server.log().split(words, -1).length - 1;
    }

    /** The processes whose parent is php-fpm too. */
    private List<ProcessHandle> workers() {
        return ProcessHandle.of(server.pid()).orElseThrow().descendants()
                .filter(process -> process.parent().map(ReloadIT::isPhpFpm).orElse(false)).toList();
    }

    private static boolean isPhpFpm(ProcessHandle process) {
        return process.info().command().orElse("").contains("php-fpm");
    }

    @Test
    void reloadsUnderLoadFailNothing() throws Exception {
        serve();
        Crowd crowd = new Crowd(server.port(), root.resolve("state/ran"));
        for (int i = 1; i <= RELOADS; i++) {
            crowd.untilAnswered(25);
            List<ProcessHandle> workers = workers();
            assertEquals(4, workers.size());
            RealFpm.signal("HUP", server.pid());
            int reloads = i;
            Until.true_("php-fpm is told", () -> said("reads its configuration anew") == reloads);
            Until.true_("its workers are others", () -> workers.stream().noneMatch(ProcessHandle::isAlive) && workers().size() == 4);
        }
        crowd.untilAnswered(100);
        assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
        assertEquals(List.of(), crowd.failures());
    }

    @Test
    void aChangedIniFileCountsUnlessItIsBroken() throws Exception {
        serve();
        assertEquals("77M", ini("memory_limit"));
        Files.writeString(iniFile, "memory_limit = 78M\n");
        Until.true_("it counts", () -> ini("memory_limit").equals("78M"));
        Files.writeString(iniFile, "memory_limit = \"79M\n");
        Until.true_("it is refused",
                () -> server.log().contains("keeps the configuration it has; what it says of the new one: PHP:  syntax"));
        assertEquals("78M", ini("memory_limit"));
        Trees.write(iniFile.getParent(), "own.ini", "");
        Trees.write(iniFile.getParent(), "another.ini", "memory_limit = 80M\n");
        Until.true_("a new one counts", () -> ini("memory_limit").equals("80M"));
    }

    @Test
    void aChangedConfigFileCountsAndWhatNeedsARestartIsNamed() throws Exception {
        serve();
        assertEquals("9", ini("precision"));
        Files.writeString(config, "workers = 5\nini.memory_limit = 99M\n");
        Until.true_("it counts", () -> ini("memory_limit").equals("99M"));
        Until.true_("what was sent before is forgotten", () -> ini("precision").equals("14"));
        assertTrue(server.log().contains("without effect until a restart: workers"), server.log());
        Files.writeString(config, "wrokers = 5\n");
        Until.true_("a mistake is named", () -> server.log().contains("The configuration is not taken on: ") && said("wrokers") > 0);
        assertEquals("99M", ini("memory_limit"));
    }

    @Test
    void targetsAndLimitsInTheConfigFileCountUnderLoad() throws Exception {
        try (RealFpm one = RealFpm.onUnixSocket(Map.of()); RealFpm other = RealFpm.onUnixSocket(Map.of())) {
            Files.writeString(config, "target = " + one.target() + "\nmaxConnections = 4\n");
            serve();
            Crowd crowd = new Crowd(server.port(), root.resolve("state/ran"));
            for (int i = 1; i <= 4; i++) {
                crowd.untilAnswered(50);
                RealFpm target = i % 2 == 1 ? other : one;
                Files.writeString(config, "target = " + target.target() + "\nmaxConnections = " + i + "\nbalance = first\n");
                RealFpm.signal("HUP", server.pid());
                String words = target.target() + ", with " + i + " connections at most";
                Until.true_("it counts", () -> said(words) > 0);
            }
            Files.writeString(config, "target = " + one.target() + "\nmaxConnections = 0\n");
            Until.true_("a bad value is refused", () -> said("maxConnections is 0; it lies between 1 and 10000") > 0);
            crowd.untilAnswered(100);
            assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
            assertEquals(List.of(), crowd.failures());
            assertEquals(1, said("without effect until a restart: balance"));
        }
    }

    @Test
    void aTerminalThatIsClosedEndsIt() throws Exception {
        Process trial = new ProcessBuilder("script", "-qec", "true", "/dev/null").redirectErrorStream(true).start();
        trial.getInputStream().readAllBytes();
        assumeTrue(trial.waitFor() == 0, "there are no pseudo-terminals here (/dev/pts)");
        serve(command -> List.of("script", "-qfc", String.join(" ", command), "/dev/null"));
        ProcessHandle terminal = ProcessHandle.of(server.pid()).orElseThrow();
        List<ProcessHandle> all = terminal.descendants().toList();
        ProcessHandle java = all.stream().filter(process -> process.info().command().orElse("").endsWith("java")).findFirst().orElseThrow();
        RealFpm.signal("HUP", java.pid());
        Until.true_("while it is open, the signal means reload", () -> said("reads its configuration anew") == 1);
        terminal.destroyForcibly();
        Until.true_("all have ended", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void underNohupNothingHappens() throws Exception {
        serve(command -> Stream.concat(Stream.of("nohup"), command.stream()).toList());
        RealFpm.signal("HUP", server.pid());
        assertEquals("77M", ini("memory_limit"));
        assertEquals(0, said("anew"));
    }
}
