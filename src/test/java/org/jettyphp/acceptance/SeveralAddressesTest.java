package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jettyphp.launch.Main;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A host name with an address of each family is one target with alternatives, with several of one family it is several. What a name stands for is the test's own: a JVM that is told so at its
 * start asks a file instead of the system, hence a server in a process of its own.
 */
class SeveralAddressesTest {

    /** Where nobody listens: the tests' servers have addresses of their own. */
    private static final String NOBODY = "127.0.0.2";

    private Path root;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Trees.write(root, "x.php", "");
    }

    @AfterEach
    void deleteRoot() throws Exception {
        Trees.delete(root);
    }

    private WayOfUse serve(String name, int port, String... addresses) throws Exception {
        StringBuilder hosts = new StringBuilder();
        for (String address : addresses) {
            hosts.append(address).append(' ').append(name).append('\n');
        }
        Path directory = Trees.create();
        Path file = Files.writeString(directory.resolve("hosts"), hosts);
        return ServerProcess.start(new ServerProcess.Plan(directory, List.of(ServerProcess.java(), "-Djdk.net.hosts.file=" + file, "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "serve", root.toString(), "--port", "0", "--target",
                name + ":" + port), Map.of(), MainClassIT.READY, "", Set.of()));
    }

    private static BareFpm fpmAt(String address) throws Exception {
        return BareFpm.onTcp(InetAddress.getByName(address), (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            line.wire().stdout(BehindFakeFpm.HEAD + "from " + address).end(0);
        });
    }

    /** The JVM puts IPv4 first, whatever the order of the records. */
    @ParameterizedTest(name = "{0} is {1} and {2}")
    @CsvSource({"php.test, 127.0.0.2, 127.0.0.1", "php.test, 127.0.0.2, ::1", "localhost, 127.0.0.1, ::1"})
    void whereTheFirstAddressRefusesTheSecondAnswers(String name, String refuses, String answers) throws Exception {
        try (BareFpm fpm = fpmAt(answers); WayOfUse server = serve(name, fpm.port(), refuses, answers)) {
            assertEquals("from " + answers, RawHttp.get(server.port(), "/x.php").body());
            assertEquals("from " + answers, RawHttp.post(server.port(), "/x.php", "a=1").body());
        }
    }

    @Test
    void whereAllRefuseTheLogNamesEach() throws Exception {
        try (WayOfUse server = serve("php.test", 1, NOBODY, "::1")) {
            assertEquals(503, RawHttp.get(server.port(), "/x.php").status());
            String log = server.log();
            assertTrue(log.contains("cannot connect to PHP-FPM at php.test:1 as user " + System.getProperty("user.name")
                    + ": connection refused"), log);
            for (String address : new String[] {NOBODY, "[0:0:0:0:0:0:0:1]"}) {
                assertTrue(log.contains(address + ":1 Connection refused"), address + " in " + log);
            }
        }
    }
}
