package org.jettyphp.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;

/** A server in a process of its own, whose output says on which port it listens. */
final class ServerProcess implements WayOfUse {

    /** An environment for a JVM that ends before the second compiler would have paid for itself, however it is started. */
    static final Map<String, String> SHORT_LIVED = Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

    private final Path directory;
    private final Process process;
    private final Path log;
    private final String contextPath;
    private final Set<Capability> capabilities;
    private int port;

    private ServerProcess(Path directory, Process process, Path log, String contextPath, Set<Capability> capabilities) {
        this.directory = directory;
        this.process = process;
        this.log = log;
        this.contextPath = contextPath;
        this.capabilities = capabilities;
    }

    /**
     * What is started, and how one sees that it is up.
     *
     * @param ready its first group is the port
     */
    record Plan(Path directory, List<String> command, Map<String, String> environment, Pattern ready, String contextPath,
            Set<Capability> capabilities) {}

    static ServerProcess start(Plan plan) throws Exception {
        Path log = plan.directory().resolve("output.log");
        ProcessBuilder builder =
                new ProcessBuilder(plan.command()).directory(plan.directory().toFile()).redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(SHORT_LIVED);
        builder.environment().putAll(plan.environment());
        ServerProcess server = new ServerProcess(plan.directory(), builder.start(), log, plan.contextPath(),
                plan.capabilities().isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(plan.capabilities()));
        try {
            Until.true_("the server is up", () -> server.isUp(plan.ready()));
            return server;
        } catch (Throwable failed) {
            String said = server.log();
            server.close();
            throw new IllegalStateException("the server did not start: " + said, failed);
        }
    }

    private boolean isUp(Pattern ready) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server ended: " + log());
        }
        Matcher matcher = ready.matcher(log());
        boolean up = matcher.find();
        if (up) {
            port = Integer.parseInt(matcher.group(1));
        }
        return up;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    @Override
    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Trees.delete(directory);
    }
}
