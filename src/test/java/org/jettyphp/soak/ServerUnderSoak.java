package org.jettyphp.soak;

import jakarta.servlet.ServletContext;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.jetty.server.Connector;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.servlet.UnderWay;

/** A server in a process of its own, so that its heap is not its clients'. For each line that it reads it says in a line how it is. */
final class ServerUnderSoak {

    private ServerUnderSoak() {}

    /** With the directory to serve, the one for temporary files, the target, and the number of its workers; until its input ends. */
    public static void main(String[] arguments) throws Exception {
        PhpServer server = PhpServer.serving(Path.of(arguments[0])).set("spoolDirectory", arguments[1]).target(arguments[2])
                .maxConnections(Integer.parseInt(arguments[3])).port(0).set("accessLog", "off").build();
        try (server) {
            server.start();
            System.out.println(server.port());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            while (in.readLine() != null) {
                System.out.println(state(server));
            }
        }
    }

    /** Heap and direct memory in bytes, threads, slots in use, requests that wait, bytes of bodies, connections of clients, requests that are held. */
    private static String state(PhpServer server) {
        ServletContext application = server.context().getServletContext();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        int connections = Arrays.stream(server.context().getServer().getConnectors()).map(Connector::getConnectedEndPoints)
                .mapToInt(java.util.Collection::size).sum();
        return heap + " " + direct + " " + ManagementFactory.getThreadMXBean().getThreadCount() + " " + UnderWay.busy(application) + " "
                + UnderWay.waiting(application) + " " + UnderWay.spooled(application) + " " + connections + " "
                + UnderWay.requests(application);
    }
}
