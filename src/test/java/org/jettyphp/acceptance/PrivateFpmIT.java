package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main class with a php-fpm of its own: it comes up, comes back, and leaves nothing behind. */
class PrivateFpmIT {

    private Path root;
    private Path log;
    private Process server;
    private int port;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Trees.write(root, "hello.php", "<?php echo 'Hello from ', getmypid();");
        Trees.write(root, "ini.php", "<?php echo ini_get($_GET['name']);");
        log = Files.createTempFile("jetty-php-fpm-test", ".log");
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor(20, TimeUnit.SECONDS);
        }
        Files.delete(log);
        Trees.delete(root);
    }

    private void serve(String... flags) throws Exception {
        launch(flags);
        awaitReady();
    }

    private void awaitReady() throws Exception {
        Until.true_("the server is up", () -> {
            Matcher ready = MainClassIT.READY.matcher(Files.readString(log));
            boolean up = ready.find();
            port = up ? Integer.parseInt(ready.group(1)) : 0;
            return up || !server.isAlive();
        });
        assertTrue(server.isAlive(), Files.readString(log));
    }

    private void launch(String... flags) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(ServerProcess.java(), "-jar", System.getProperty("standalone.jar"), "serve", root.toString(), "--port", "0"));
        command.addAll(List.of(flags));
        start(command);
    }

    private void start(List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(ServerProcess.SHORT_LIVED);
        server = builder.start();
    }

    private Path runDirectory() throws Exception {
        Matcher named = Pattern.compile("PHP-FPM at unix:(\\S+)/fpm\\.sock").matcher(Files.readString(log));
        assertTrue(named.find());
        return Path.of(named.group(1));
    }

    /** The supervisor and the processes below it. */
    private List<ProcessHandle> phpFpm() {
        return server.descendants().toList();
    }

    @Test
    void itIsFoundStartedAndServes() throws Exception {
        serve("--workers", "3", "--max-request-body", "7m", "--ini", "precision=11");
        assertTrue(RawHttp.get(port, "/hello.php").body().startsWith("Hello from "));
        assertEquals(String.valueOf(7 << 20), RawHttp.get(port, "/ini.php?name=upload_max_filesize").body());
        assertEquals(String.valueOf(7 << 20), RawHttp.get(port, "/ini.php?name=post_max_size").body());
        assertEquals("11", RawHttp.get(port, "/ini.php?name=precision").body());
        assertTrue(Files.readString(log).contains("3 connections at most"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(runDirectory())));
    }

    @Test
    void sigtermEndsEverything() throws Exception {
        serve();
        Path run = runDirectory();
        List<ProcessHandle> all = phpFpm();
        assertFalse(all.isEmpty());
        server.destroy();
        assertTrue(server.waitFor(15, TimeUnit.SECONDS));
        Until.true_("php-fpm has ended", () -> all.stream().noneMatch(ProcessHandle::isAlive));
        assertFalse(Files.exists(run), "its directory is gone");
    }

    @Test
    void killingTheJvmLeavesNothingBehind() throws Exception {
        serve();
        Path run = runDirectory();
        List<ProcessHandle> all = phpFpm();
        server.destroyForcibly();
        assertTrue(server.waitFor(15, TimeUnit.SECONDS));
        Until.true_("php-fpm has ended", () -> all.stream().noneMatch(ProcessHandle::isAlive));
        Until.true_("its directory is gone", () -> !Files.exists(run));
    }

    @Test
    void aMasterThatIsKilledIsStartedAgainAndItsWorkersDoNotLinger() throws Exception {
        serve("--workers", "2");
        String before = RawHttp.get(port, "/hello.php").body();
        List<ProcessHandle> workersAndMaster =
                phpFpm().stream().filter(process -> process.info().command().orElse("").contains("php-fpm")).toList();
        ProcessHandle master =
                workersAndMaster.stream().filter(process -> process.children().findAny().isPresent()).findFirst().orElseThrow();
        RealFpm.signal("KILL", master.pid());
        Until.true_("it serves again", () -> {
            String body = RawHttp.get(port, "/hello.php").body();
            return body.startsWith("Hello from ") && !body.equals(before) && workersAndMaster.stream().noneMatch(ProcessHandle::isAlive);
        });
        assertTrue(Files.readString(log).contains("Starting it again"));
    }

    @Test
    void aDirectoryThatWorkersCannotReadIsRefusedWithTheReason() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.getOwner(root).getName().equals("root"),
                "only as root do the workers run as another user");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        launch();
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        assertEquals(1, server.exitValue());
        String said = Files.readString(log);
        assertTrue(said.contains("PHP's workers cannot read " + root) && said.contains("who cannot enter or read " + root)
                && said.contains("--user"), said);
        assertTrue(said.contains("the workers run as the user www-data, who"), said);
    }

    @Test
    void aUserForTheWorkersWhoIsNoneIsRefused() throws Exception {
        launch("--user", "nobody-here");
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        assertEquals(1, server.exitValue());
        String said = Files.readString(log);
        assertTrue(said.contains("user=nobody-here " + (Files.getOwner(root).getName().equals("root") ? "is no user of this machine"
                : "cannot be had")), said);
    }

    /** A script that says which php-fpm to run, without exec, is what people name with --php-fpm. */
    private String script(String... lines) throws Exception {
        Path script = Trees.write(root, "own-php-fpm", "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    @Test
    void whatAScriptAroundPhpFpmHasStartedEndsToo() throws Exception {
        serve("--php-fpm", script("sleep 600 &", RealFpm.binary() + " \"$@\""));
        Path run = runDirectory();
        List<ProcessHandle> all = phpFpm();
        assertTrue(all.size() > 6, all.toString());
        server.destroyForcibly();
        Until.true_("all have ended", () -> all.stream().noneMatch(ProcessHandle::isAlive));
        Until.true_("the directory is gone", () -> !Files.exists(run));
    }

    @ParameterizedTest(name = "a web.xml: {0}")
    @ValueSource(booleans = {false, true})
    void aPhpFpmThatEndsAtItsStartIsNamedWithWhatItSaid(boolean webApplication) throws Exception {
        if (webApplication) {
            Trees.write(root, "WEB-INF/web.xml", "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\"/>");
        }
        String broken = script("echo out of order", "exit 3");
        launch("--php-fpm", broken);
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        assertEquals(1, server.exitValue());
        String said = Files.readString(log);
        assertTrue(said.contains(broken + " ended at its start with exit status 3; it said: out of order"), said);
        assertFalse(said.contains("tarting it again"), said);
        assertFalse(said.contains("Exception"), "the reason alone: " + said);
    }

    @Test
    void aPhpFpmThatCannotBeStartedAgainIsTriedOneAtATime() throws Exception {
        Path starts = root.resolve("starts");
        serve("--php-fpm", script("echo x >> " + starts, "n=$(wc -l < " + starts + ")", "[ $n -gt 1 ] && [ $n -lt 5 ] && exit 9",
                "exec " + RealFpm.binary() + " \"$@\""));
        ProcessHandle master = phpFpm().stream().filter(process -> process.info().command().orElse("").contains("php-fpm")
                && process.children().findAny().isPresent()).findFirst().orElseThrow();
        RealFpm.signal("KILL", master.pid());
        Until.true_("it serves again",
                () -> Files.readAllLines(starts).size() >= 5 && RawHttp.get(port, "/hello.php").body().startsWith("Hello"));
        assertEquals(5, Files.readAllLines(starts).size());
        assertEquals(3, Files.readString(log).split("could not be started again", -1).length - 1, Files.readString(log));
    }

    @Test
    void aBinaryThatIsNotThereIsRefusedWithWhatToInstall() throws Exception {
        launch("--php-fpm", "no-such-php-fpm");
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        assertEquals(1, server.exitValue());
        assertTrue(Files.readString(log).contains("apt-get install php-fpm"), Files.readString(log));
    }

    @Test
    void unknownFlagsAndBadValuesAreRefused() throws Exception {
        launch("--max-connexions", "3");
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        assertEquals(2, server.exitValue());
        assertTrue(Files.readString(log).contains("--max-connections"), Files.readString(log));
        launch("--queue-timeout", "30");
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        assertEquals(2, server.exitValue());
    }

    @Test
    void healthAndAccessLogDoNotNeedPhp() throws Exception {
        serve("--workers", "1");
        assertEquals("ok\n", RawHttp.get(port, "/-/health").body());
        RawHttp.get(port, "/hello.php");
        Pattern line = Pattern.compile("\"GET /hello.php HTTP/1.1\" 200 \\d+ \"-\" \"-\" queue=\\d+ fpm=\\d+ total=\\d+ id=\\S+");
        Until.true_("logged", () -> line.matcher(Files.readString(log)).find());
    }

    /** Upgrade: h2c is the known way past a reverse proxy; prior knowledge is how clients speak cleartext HTTP/2. */
    @Test
    void http2IsSpokenByPriorKnowledgeOnly() throws Exception {
        serve();
        try (RawHttp http = new RawHttp(port)) {
            RawHttp.Reply reply = http.send("GET", "/hello.php", "", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQAAP__").read();
            assertEquals(200, reply.status());
        }
        java.net.http.HttpClient none = java.net.http.HttpClient.newHttpClient();
        assertTrue(none.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + port + "/hello.php")).build(),
                java.net.http.HttpResponse.BodyHandlers.ofString()).body().startsWith("Hello from"));
        Process curl = new ProcessBuilder("curl", "-s", "--http2-prior-knowledge", "-w", "%{http_version}",
                "http://127.0.0.1:" + port + "/hello.php").start();
        assertTrue(new String(curl.getInputStream().readAllBytes()).endsWith("2"));
    }

    /** As somebody else than root, since root may use every socket. */
    @Test
    void aSocketThatThisUserMayNotUseIsExplainedAndNothingWaits() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.getOwner(root).getName().equals("root"), "only root can run as another user");
        Path jar = Files.copy(Path.of(System.getProperty("standalone.jar")), root.resolve("server.jar"));
        try (RealFpm fpm = RealFpm.onUnixSocket(java.util.Map.of("listen.owner", "root", "listen.group", "root"))) {
            Files.setPosixFilePermissions(Path.of(fpm.target()), PosixFilePermissions.fromString("rw-------"));
            start(List.of("setpriv", "--reuid=www-data", "--regid=www-data", "--clear-groups", ServerProcess.java(), "-jar", jar.toString(),
                    "serve", root.toString(), "--port", "0", "--target", fpm.target()));
            awaitReady();
            RawHttp.Reply reply = RawHttp.get(port, "/hello.php");
            assertEquals(503, reply.status());
            assertFalse(reply.body().contains("fpm.sock"), reply.body());
            String said = Files.readString(log);
            assertTrue(said.contains("as user www-data: permission denied on " + fpm.target() + " (root:root rw-------); let listen.owner"),
                    said);
            Files.setPosixFilePermissions(Path.of(fpm.target()), PosixFilePermissions.fromString("rw-rw-rw-"));
            assertTrue(RawHttp.get(port, "/hello.php").body().startsWith("Hello from "), "mended, without a restart");
        }
    }

    @Test
    void aHostNameThatDoesNotResolveIsExplainedAndUsedWhenItDoes() throws Exception {
        Path hosts = Trees.write(root, "names", "127.0.0.1 localhost\n");
        try (RealFpm fpm = RealFpm.onTcp(java.util.Map.of())) {
            start(List.of(ServerProcess.java(), "-Djdk.net.hosts.file=" + hosts, "-jar", System.getProperty("standalone.jar"), "serve",
                    root.toString(), "--port", "0", "--target", fpm.target().replace("127.0.0.1", "php.invalid")));
            awaitReady();
            assertEquals(503, RawHttp.get(port, "/hello.php").status());
            assertTrue(Files.readString(log).contains("the host name does not resolve"), Files.readString(log));
            Files.writeString(hosts, "127.0.0.1 localhost\n127.0.0.1 php.invalid\n");
            Until.true_("mended, without a restart", () -> RawHttp.get(port, "/hello.php").status() == 200);
        }
    }
}
