package org.jettyphp.acceptance;

import java.nio.file.Path;
import java.util.List;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.launch.PhpServerBuilder;
import org.jettyphp.peers.Trees;
import org.jettyphp.servlet.UnderWay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A directory, a server that is started for it, and what it logs, all new for each test. */
abstract class WithServer {

    Path root;
    CapturedLog log;
    PhpServer server;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        log = new CapturedLog();
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        AutoCloseable behind = behind();
        if (behind != null) {
            behind.close();
        }
        log.close();
        Trees.delete(root);
    }

    /** What is behind the server and is closed after it; null if nothing is. */
    AutoCloseable behind() {
        return null;
    }

    /** On a port of its own, with settings as name, value, name, value. */
    int start(PhpServerBuilder builder, String... settings) throws Exception {
        builder.port(0);
        for (int i = 0; i < settings.length; i += 2) {
            builder.set(settings[i], settings[i + 1]);
        }
        server = builder.build();
        server.start();
        return server.port();
    }

    /** How many requests wait for a worker. */
    int waiting() {
        return UnderWay.waiting(server.context().getServletContext());
    }

    /** How many slots there are. */
    int slots() {
        return UnderWay.slots(server.context().getServletContext());
    }

    /** How many exchanges are in this method now, given as Class.method. */
    static long exchangesIn(String method) {
        return Thread.getAllStackTraces().entrySet().stream().filter(thread -> thread.getKey().getName().startsWith("php-fpm-exchange"))
                .filter(thread -> List.of(thread.getValue()).toString().contains(method + "(")).count();
    }
}
