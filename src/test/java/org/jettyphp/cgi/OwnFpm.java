package org.jettyphp.cgi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jettyphp.peers.Until;

/** A php-fpm of the test's own on a Unix socket in a directory that is deleted at the end, and the least of a FastCGI client. */
final class OwnFpm implements AutoCloseable {

    final Path www;
    private final Path directory;
    private final Path socket;
    private final Process process;

    /** What came back on the two streams. */
    record Answer(byte[] stdout, String stderr) {

        ResponseHead head() throws IOException {
            ResponseHeadParser parser = new ResponseHeadParser(262144);
            if (!parser.parse(ByteBuffer.wrap(stdout))) {
                throw parser.headAtEnd();
            }
            return parser.head();
        }

        String body() throws IOException {
            ByteBuffer in = ByteBuffer.wrap(stdout);
            new ResponseHeadParser(262144).parse(in);
            return StandardCharsets.UTF_8.decode(in).toString();
        }
    }

    OwnFpm(String... flags) throws Exception {
        directory =
                Files.createTempDirectory("cgi-fpm", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        www = Files.createDirectory(directory.resolve("www"));
        socket = directory.resolve("fpm.sock");
        boolean root = "root".equals(System.getProperty("user.name"));
        Path configuration = Files.writeString(directory.resolve("fpm.conf"), """
                [global]
                error_log = %1$s/log
                daemonize = no
                [test]
                %2$s
                listen = %1$s/fpm.sock
                listen.mode = 0666
                pm = static
                pm.max_children = 1
                """.formatted(directory, root ? "user = www-data\ngroup = www-data" : ""));
        List<String> command = new ArrayList<>(List.of("php-fpm8.2", "-R", "-n", "-y", configuration.toString()));
        command.addAll(List.of(flags));
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve("out").toFile()).start();
        Until.true_("php-fpm accepts connections", () -> {
            if (!process.isAlive()) {
                throw new IOException(Files.readString(directory.resolve("out")) + Files.readString(directory.resolve("log")));
            }
            return answers();
        });
    }

    Path script(String name, String text) throws IOException {
        return Files.writeString(www.resolve(name), text);
    }

    Answer send(CgiVariables variables, byte[] body) throws IOException {
        try (SocketChannel channel = connect()) {
            write(channel, 1, new byte[] {0, 1, 0, 0, 0, 0, 0, 0});
            ByteArrayOutputStream params = new ByteArrayOutputStream();
            variables.forEach((name, value) -> {
                length(params, name.length);
                length(params, value.length);
                params.writeBytes(name);
                params.writeBytes(value);
            });
            write(channel, 4, params.toByteArray());
            write(channel, 4, new byte[0]);
            if (body.length > 0) {
                write(channel, 5, body);
            }
            write(channel, 5, new byte[0]);
            return read(channel);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private boolean answers() {
        try (SocketChannel channel = connect()) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void length(ByteArrayOutputStream out, int length) {
        if (length < 128) {
            out.write(length);
        } else {
            out.writeBytes(ByteBuffer.allocate(4).putInt(length | 1 << 31).array());
        }
    }

    private static void write(SocketChannel channel, int type, byte[] content) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(8 + content.length);
        record.put((byte) 1).put((byte) type).putShort((short) 1).putShort((short) content.length).putShort((short) 0).put(content).flip();
        while (record.hasRemaining()) {
            channel.write(record);
        }
    }

    private static Answer read(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(65536);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        ByteBuffer records = ByteBuffer.wrap(all.toByteArray());
        while (records.remaining() >= 8) {
            int type = records.getShort() & 0xFF;
            records.getShort();
            byte[] content = new byte[records.getShort() & 0xFFFF];
            int padding = records.get() & 0xFF;
            records.get();
            records.get(content);
            records.position(records.position() + padding);
            if (type == 6) {
                stdout.writeBytes(content);
            } else if (type == 7) {
                stderr.writeBytes(content);
            }
        }
        return new Answer(stdout.toByteArray(), stderr.toString(StandardCharsets.UTF_8));
    }
}
