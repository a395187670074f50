package org.jettyphp.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real php-fpm, on a socket of its own, in a directory of its own, ended by its process id. */
public final class RealFpm implements AutoCloseable {

    /** Before the name of a directive that is not the pool\'s. */
    private static final String GLOBAL = "[global] ";

    private static final byte[] BEGIN = {1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0};

    private final Path directory;
    private final List<String> command;
    private final String target;
    private Process process;

    private RealFpm(Path directory, List<String> command, String target) {
        this.directory = directory;
        this.command = command;
        this.target = target;
    }

    public static RealFpm onUnixSocket(Map<String, String> directives) throws Exception {
        return start("unix", directives);
    }

    public static RealFpm onTcp(Map<String, String> directives) throws Exception {
        for (int attempt = 1;; attempt++) {
            try {
                return start("127.0.0.1:" + Ports.free(), directives);
            } catch (IllegalStateException ended) {
                // Somebody may have taken the port in the meantime.
                if (attempt == 3 || !ended.getMessage().contains("unable to bind")) {
                    throw ended;
                }
            }
        }
    }

    private static RealFpm start(String listen, Map<String, String> directives) throws Exception {
        Path directory = Trees.create();
        String socket = listen.equals("unix") ? directory.resolve("fpm.sock").toString() : listen;
        boolean root = Files.getOwner(directory).getName().equals("root");
        StringBuilder pool = new StringBuilder("[global]\nerror_log = /proc/self/fd/2\ndaemonize = no\n");
        directives.forEach(
                (name, value) -> pool.append(name.startsWith(GLOBAL) ? name.substring(GLOBAL.length()) + " = " + value + "\n" : ""));
        pool.append("[test]\n");
        pool.append("listen = ").append(socket)
                .append("\nlisten.mode = 0666\npm = static\nping.path = /ping\ncatch_workers_output = yes\n");
        pool.append("decorate_workers_output = no\n");
        if (!directives.containsKey("pm.max_children")) {
            pool.append("pm.max_children = 4\n");
        }
        if (root) {
            pool.append("user = www-data\n");
        }
        directives.forEach((name, value) -> pool.append(name.startsWith(GLOBAL) ? "" : name + " = " + value + "\n"));
        Path file = Files.writeString(directory.resolve("pool.conf"), pool);
        RealFpm fpm = new RealFpm(directory, List.of(binary(), "-F", "-y", file.toString()), socket);
        try {
            fpm.start();
        } catch (Exception | AssertionError failed) {
            fpm.close();
            throw failed;
        }
        return fpm;
    }

    /** The name of the binary on this machine. */
    public static String binary() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String place : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":")) {
            if (Files.isDirectory(Path.of(place))) {
                try (Stream<Path> all = Files.list(Path.of(place))) {
                    all.filter(path -> path.getFileName().toString().matches("php-fpm[0-9.]*")).forEach(found::add);
                }
            }
        }
        return found.stream().findFirst().orElseThrow(() -> new IllegalStateException("php-fpm is not installed; ./test does that"))
                .toString();
    }

    /** Starts it, also again after {@link #stop()}. */
    public void start() throws Exception {
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile())).start();
        Until.true_("php-fpm answers its ping: " + log(), () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("php-fpm ended: " + log());
            }
            return pings();
        });
    }

    private boolean pings() {
        try {
            return ask("/ping").contains("pong");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it answers by itself, such as its {@code pm.status_path}, with the heads of the records left in. */
    public String ask(String path) throws IOException {
        try (SocketChannel channel = connect();
                InputStream in = Channels.newInputStream(channel);
                OutputStream out = Channels.newOutputStream(channel)) {
            byte[] params = pairs("SCRIPT_NAME", path, "SCRIPT_FILENAME", path, "REQUEST_METHOD", "GET");
            out.write(BEGIN);
            out.write(new byte[] {1, 4, 0, 1, (byte) (params.length >> 8), (byte) params.length, 0, 0});
            out.write(params);
            out.write(new byte[] {1, 4, 0, 1, 0, 0, 0, 0, 1, 5, 0, 1, 0, 0, 0, 0});
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private SocketChannel connect() throws IOException {
        if (target.startsWith("/")) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(target));
            return channel;
        }
        return SocketChannel.open(new InetSocketAddress("127.0.0.1", Integer.parseInt(target.split(":")[1])));
    }

    private static byte[] pairs(String... texts) {
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < texts.length; i += 2) {
            pairs.append((char) texts[i].length()).append((char) texts[i + 1].length()).append(texts[i]).append(texts[i + 1]);
        }
        return pairs.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As the setting {@code target} takes it. */
    public String target() {
        return target;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public List<Long> workers() {
        return process.descendants().map(ProcessHandle::pid).toList();
    }

    /** The master and its workers. */
    public List<Long> processes() {
        return Stream.concat(Stream.of(pid()), workers().stream()).toList();
    }

    /** Whether a process has been stopped by SIGSTOP: the signal takes effect a little later. */
    public static boolean isStopped(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") T ");
        } catch (IOException ended) {
            return false;
        }
    }

    /** Graceful: SIGQUIT is php-fpm's finish-and-end; TERM ends at once. */
    public void stop() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** Sends a signal to the master or a worker. */
    public static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    }

    public String log() throws IOException {
        Path log = directory.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() throws Exception {
        stop();
        Trees.delete(directory);
    }

    /** Whether something accepts TCP connections there. */
    public static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }
}
