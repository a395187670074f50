package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {

    @TempDir private Path directory;

    private static String said(ServerSettings settings, Executable start) {
        return StartFailure.explain(assertThrows(Exception.class, start), settings);
    }

    private static ServerSettings settings(String host, int port, String accessLog) {
        return new ServerSettings(Map.of(), null, host, port, "/", accessLog, "off", Duration.ZERO, List.of(), false, List.of(), null);
    }

    private PhpServerBuilder server() {
        return PhpServer.serving(directory).target("/run/no-php-fpm-here.sock").set("accessLog", "off");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PhpServer server = server().port(other.getLocalPort()).build()) {
            String said = said(settings("127.0.0.1", other.getLocalPort(), "off"), server::start);
            assertTrue(said.contains("cannot listen on 127.0.0.1:" + other.getLocalPort()) && said.contains("--port"), said);
        }
    }

    @Test
    void aHostThatIsNoneIsNamed() throws Exception {
        try (PhpServer server = server().port(0).host("no-such-host.invalid").build()) {
            String said = said(settings("no-such-host.invalid", 0, "off"), server::start);
            assertTrue(said.contains("no-such-host.invalid") && said.contains("--host"), said);
        }
    }

    @Test
    void anAccessLogThatCannotBeWrittenIsNamed() {
        String file = directory.resolve("none/access.log").toString();
        String said = said(settings("127.0.0.1", 0, file), () -> server().port(0).set("accessLog", file).build());
        assertTrue(said.contains(file) && said.contains("--access-log"), said);
    }
}
