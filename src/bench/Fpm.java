import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** Asks PHP-FPM itself, a connection for each request; what the clients share. */
final class Fpm {

    private static final int BEGIN = 1;
    private static final int END = 3;
    private static final int PARAMS = 4;
    private static final int STDIN = 5;
    private static final int STDOUT = 6;

    private Fpm() {}

    /** The body of the answer. */
    static String ask(UnixDomainSocketAddress fpm, byte[] question) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(fpm);
            channel.write(ByteBuffer.wrap(question));
            DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            while (true) {
                in.readByte();
                int type = in.readUnsignedByte();
                in.readUnsignedShort();
                int length = in.readUnsignedShort();
                int padding = in.readUnsignedByte();
                in.readByte();
                byte[] content = in.readNBytes(length);
                in.skipNBytes(padding);
                if (type == STDOUT) {
                    text.write(content);
                } else if (type == END) {
                    String all = text.toString();
                    return all.substring(all.indexOf("\r\n\r\n") + 4);
                }
            }
        }
    }

    /** The records of a request without a body: names and values in turns, none of 128 bytes or more. */
    static byte[] question(String... variables) throws IOException {
        ByteArrayOutputStream params = new ByteArrayOutputStream();
        for (int i = 0; i < variables.length; i += 2) {
            params.write(variables[i].length());
            params.write(variables[i + 1].length());
            params.write(variables[i].getBytes());
            params.write(variables[i + 1].getBytes());
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        record(all, BEGIN, new byte[] {0, 1, 0, 0, 0, 0, 0, 0});
        record(all, PARAMS, params.toByteArray());
        record(all, PARAMS, new byte[0]);
        record(all, STDIN, new byte[0]);
        return all.toByteArray();
    }

    private static void record(OutputStream out, int type, byte[] content) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeByte(1);
        data.writeByte(type);
        data.writeShort(1);
        data.writeShort(content.length);
        data.writeShort(0);
        data.write(content);
    }
}
