import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A name server that gives the addresses in a file, as they are at the moment, for every name: {@code NameServer ADDRESS FILE}. RFC 1035. */
final class NameServer {

    private static final int HEAD = 12;
    private static final int A = 1;

    private NameServer() {}

    public static void main(String[] args) throws Exception {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(args[0], 53))) {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                server.receive(packet);
                byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
                packet.setData(answer(query, Files.readAllLines(Path.of(args[1]))));
                server.send(packet);
            }
        }
    }

    /** The header, the question as it came without what may follow it, and a record for each address that lives for a second. */
    private static byte[] answer(byte[] query, List<String> all) {
        int end = HEAD;
        while (query[end] != 0) {
            end += query[end] + 1;
        }
        List<String> addresses = query[end + 2] == A ? all : List.of();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(query, 0, 2);
        answer.writeBytes(ByteBuffer.allocate(10).putShort((short) 0x8180).putShort((short) 1).putShort((short) addresses.size()).array());
        answer.write(query, HEAD, end + 5 - HEAD);
        for (String address : addresses) {
            answer.writeBytes(ByteBuffer.allocate(12).putShort((short) 0xC00C).putShort((short) A).putShort((short) 1).putInt(1).putShort((short) 4).array());
            for (String part : address.split("\\.")) {
                answer.write(Integer.parseInt(part));
            }
        }
        return answer.toByteArray();
    }
}
