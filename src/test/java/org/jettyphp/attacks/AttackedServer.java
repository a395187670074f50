package org.jettyphp.attacks;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;

/** A server in front of the real php-fpm, for the tree of the attacks. */
final class AttackedServer implements AutoCloseable {

    /** Far more than any answer takes; a server that hangs does so for longer. */
    static final int LIMIT_MILLIS = 15_000;

    private static final Map<String, String> FPM = Map.of("pm.status_path", "/fpm-status");

    private final Path base;
    private final AttackTree tree;
    private final RealFpm fpm;
    private final AutoCloseable server;
    private final int port;

    /** Starts the server. */
    interface Starter {
        Started start(Path documentRoot, Map<String, String> settings) throws Exception;
    }

    record Started(AutoCloseable server, int port) {}

    AttackedServer(Starter starter) throws Exception {
        base = Trees.create();
        tree = new AttackTree(base).plant();
        fpm = RealFpm.onUnixSocket(FPM);
        Started started = starter.start(tree.root(), Map.of("target", fpm.target(), "noExec", "/uploads", "maxConnections", "4"));
        server = started.server();
        port = started.port();
    }

    static AttackedServer embedded() throws Exception {
        return embedded(server -> {});
    }

    /** With what is done to it before its start. */
    static AttackedServer embedded(Consumer<PhpServer> beforeItsStart) throws Exception {
        return new AttackedServer((root, settings) -> {
            var builder = PhpServer.serving(root).port(0).set("accessLog", "off").set("stopTimeout", "500ms");
            settings.forEach(builder::set);
            PhpServer server = builder.build();
            beforeItsStart.accept(server);
            server.start();
            return new Started(server, server.port());
        });
    }

    int port() {
        return port;
    }

    Judge judge(Attacker attacker) {
        return new Judge(tree, attacker);
    }

    @Override
    public void close() throws Exception {
        server.close();
        fpm.close();
        Trees.delete(base);
    }
}
