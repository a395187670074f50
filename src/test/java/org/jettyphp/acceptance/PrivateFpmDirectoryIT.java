package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the main class keeps the socket and the pool file of its php-fpm: what becomes of it. */
class PrivateFpmDirectoryIT {

    private Path root;
    private Path temporary;
    private Path mounted;

    /** How a directory for what survives is somebody else's. */
    enum Theirs {
        OWNER, LINK
    }

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Trees.write(root, "hello.php", "<?php echo 'Hello, World!';");
        temporary = Files.createDirectory(root.resolve("t"));
    }

    @AfterEach
    void delete() throws Exception {
        if (mounted != null) {
            new ProcessBuilder("umount", mounted.toString()).inheritIO().start().waitFor();
        }
        Trees.delete(root);
    }

    private ServerProcess serve() throws Exception {
        return serve(Map.of());
    }

    private ServerProcess serve(Map<String, String> environment) throws Exception {
        return ServerProcess.start(new ServerProcess.Plan(Trees.create(),
                List.of(ServerProcess.java(), "-Djava.io.tmpdir=" + temporary, "-jar", System.getProperty("standalone.jar"), "serve",
                        root.toString(), "--port", "0", "--workers", "1", "--access-log", "off"),
                environment, MainClassIT.READY, "", Set.of()));
    }

    /** A small file system; takes root. */
    private void mount(Path directory) throws Exception {
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", directory.toString()).start();
        assumeTrue(mount.waitFor() == 0, "a small file system cannot be mounted here; it takes root");
        mounted = directory;
    }

    private static void fill(Path directory) throws Exception {
        try (OutputStream out = Files.newOutputStream(directory.resolve("filler"))) {
            for (;;) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertTrue(full.getMessage().contains("No space left"), full.toString());
        }
    }

    /** Empty while it is not there. */
    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notYet) {
            return "";
        }
    }

    private String refusal(Map<String, String> environment) {
        String said = assertThrows(IllegalStateException.class, () -> serve(environment).close()).getMessage();
        assertFalse(said.contains("\tat "), "the reason alone: " + said);
        return said;
    }

    private static Path runDirectory(ServerProcess server) throws Exception {
        Matcher named = Pattern.compile("PHP-FPM at unix:(\\S+)/fpm\\.sock").matcher(server.log());
        assertTrue(named.find());
        return Path.of(named.group(1));
    }

    private long directories() throws Exception {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("jetty-php-fpm-")).count();
        }
    }

    /** As where a machine loses its power: nobody is left to clean up. */
    private static void killAtOnce(ServerProcess server) throws Exception {
        ProcessHandle jvm = ProcessHandle.of(server.pid()).orElseThrow();
        RealFpm.signal("STOP", jvm.pid());
        List<ProcessHandle> children = jvm.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        jvm.destroyForcibly();
        // Only now is there somebody to take note of their end.
        jvm.onExit().join();
        Until.true_("all have ended", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void whatKilledProcessesHaveLeftIsRemovedAtTheNextStartAndWhatLivesIsNot() throws Exception {
        Path left;
        try (ServerProcess killed = serve()) {
            left = runDirectory(killed);
            killAtOnce(killed);
        }
        assertTrue(Files.exists(left.resolve("pool.conf")));
        assertEquals(2, directories(), "with the one for bodies");
        try (ServerProcess first = serve(); ServerProcess second = serve()) {
            assertFalse(Files.exists(left), first.log());
            assertEquals(4, directories());
            assertTrue(Files.exists(runDirectory(first)));
            assertEquals("Hello, World!", RawHttp.get(first.port(), "/hello.php").body());
            assertEquals("Hello, World!", RawHttp.get(second.port(), "/hello.php").body());
        }
        assertEquals(0, directories());
    }

    /** As cleaners of the directory for temporary files do with what nobody has touched for days. */
    @ParameterizedTest
    @ValueSource(strings = {"pool.conf supervise.sh fpm.pid", "pool.conf supervise.sh fpm.pid lock fpm.sock"})
    void aMasterThatIsKilledIsStartedAgainWhereItsFilesAreGone(String files) throws Exception {
        try (ServerProcess server = serve()) {
            Path run = runDirectory(server);
            long master = Long.parseLong(Files.readString(run.resolve("fpm.pid")).strip());
            for (String file : files.split(" ")) {
                Files.delete(run.resolve(file));
            }
            RealFpm.signal("KILL", master);
            Until.true_("it has been started again",
                    () -> !textOf(run.resolve("fpm.pid")).isEmpty() && RawHttp.get(server.port(), "/hello.php").status() == 200);
        }
        assertEquals(0, directories());
    }

    @Test
    void withoutRoomForItTheStartIsRefusedWithWhatToChange() throws Exception {
        mount(temporary);
        fill(temporary);
        String said = refusal(Map.of());
        assertTrue(said.contains("there can be no socket and no pool file of a private php-fpm in " + temporary)
                && said.contains("No space left on device") && said.contains("java -Djava.io.tmpdir=DIRECTORY"), said);
        assertEquals(0, directories());
    }

    @Test
    void withoutRoomForWhatSurvivesTheFirstStartIsRefusedAndTheNextOneIsNot() throws Exception {
        Path states = Files.createDirectory(root.resolve("s"));
        Map<String, String> environment = Map.of("XDG_STATE_HOME", states.toString());
        mount(states);
        fill(states);
        String said = refusal(environment);
        assertTrue(said.contains(states + "/jetty-php-fpm/") && said.contains("No space left on device") && said.contains("XDG_STATE_HOME"),
                said);
        Files.delete(states.resolve("filler"));
        serve(environment).close();
        fill(states);
        try (ServerProcess again = serve(environment)) {
            assertEquals("Hello, World!", RawHttp.get(again.port(), "/hello.php").body());
        }
    }

    /** Everybody can make a directory of that name before us, and would have the sessions. */
    @ParameterizedTest
    @EnumSource
    void whatSurvivesIsNotKeptWithSomebodyElse(Theirs theirs) throws Exception {
        String user = Files.getOwner(root).getName();
        Path place = temporary.resolve("jetty-php-fpm-state-" + user);
        Path made = Files.createDirectory(theirs == Theirs.LINK ? root.resolve("elsewhere") : place);
        if (theirs == Theirs.LINK) {
            Files.createSymbolicLink(place, made);
        } else {
            assumeTrue(user.equals("root"), "only root can give a directory away");
            Files.setOwner(made, made.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
        Path noDirectory = Files.createFile(root.resolve("file"));
        String said = refusal(Map.of("XDG_STATE_HOME", noDirectory.toString()));
        assertTrue(said.contains(place + " belongs to somebody else; name another place with XDG_STATE_HOME"), said);
        assertEquals(1, directories(), "theirs");
    }

    /** Not even a php-fpm that dies meanwhile. */
    @Test
    void aDiskThatFillsUpFailsNothingAndAReloadIsMadeUpFor() throws Exception {
        mount(temporary);
        try (ServerProcess server = serve()) {
            fill(temporary);
            RealFpm.signal("HUP", server.pid());
            Until.true_("it is told",
                    () -> server.log().contains("keeps the configuration it has until there is room for the new one: there can be no"));
            assertEquals("Hello, World!", RawHttp.get(server.port(), "/hello.php").body());
            assertEquals("Hello, World!", RawHttp.post(server.port(), "/hello.php", "x=1").body());
            Path pid = runDirectory(server).resolve("fpm.pid");
            String before = Files.readString(pid);
            RealFpm.signal("KILL", Long.parseLong(before.strip()));
            Until.true_("it is started again", () -> !List.of("", before).contains(textOf(pid)));
            assertEquals("Hello, World!", RawHttp.get(server.port(), "/hello.php").body());
            assertTrue(server.log().contains("in " + runDirectory(server) + " are 0 bytes free: make room there"), server.log());
            assertFalse(server.log().contains("reads its configuration anew"), server.log());
            Files.delete(temporary.resolve("filler"));
            Until.true_("the reload comes after all", () -> server.log().contains("reads its configuration anew"));
            assertEquals("Hello, World!", RawHttp.get(server.port(), "/hello.php").body());
        }
    }
}
