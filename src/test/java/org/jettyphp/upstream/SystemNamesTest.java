package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a name server of our own. */
class SystemNamesTest {

    private static final int A = 1;
    private static final int AAAA = 28;

    @TempDir private Path directory;

    private final Map<String, List<String>> zone = new ConcurrentHashMap<>();
    private DatagramSocket server;

    @BeforeEach
    void serve() throws IOException {
        server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                    server.receive(packet);
                    packet.setData(answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength())));
                    server.send(packet);
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }, "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** RFC 1035: the header, the question as it came, and a record for each address of its family. */
    private byte[] answer(ByteBuffer query) throws UnknownHostException {
        byte[] question = new byte[query.remaining() - 12];
        query.get(12, question);
        StringBuilder name = new StringBuilder();
        int at = 0;
        for (; question[at] != 0; at += question[at] + 1) {
            name.append(name.length() > 0 ? "." : "").append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
        }
        int type = question[at + 2];
        question = java.util.Arrays.copyOf(question, at + 5);
        List<String> known = zone.get(name.toString());
        List<byte[]> addresses = new ArrayList<>();
        for (String address : known == null ? List.<String>of() : known) {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            if (type == (bytes.length == 4 ? A : AAAA)) {
                addresses.add(bytes);
            }
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(ByteBuffer.allocate(12).putShort(query.getShort(0)).putShort((short) (known == null ? 0x8183 : 0x8180))
                .putShort((short) 1).putShort((short) addresses.size()).array());
        answer.writeBytes(question);
        for (byte[] address : addresses) {
            answer.writeBytes(ByteBuffer.allocate(12 + address.length).putShort((short) 0xC00C).putShort((short) type).putShort((short) 1)
                    .putInt(600).putShort((short) address.length).put(address).array());
        }
        return answer.toByteArray();
    }

    private SystemNames names(String configuration) throws IOException {
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n# 10.9.9.9 php\n");
        return new SystemNames("dns://127.0.0.1:" + server.getLocalPort(), hosts,
                Files.writeString(directory.resolve("resolv"), configuration));
    }

    private static String of(SystemNames names, String host) throws UnknownHostException {
        return names.addresses(host).toString();
    }

    @Test
    void everyAnswerIsFresh() throws Exception {
        SystemNames names = names("");
        zone.put("php.test", List.of("10.0.0.1"));
        assertEquals("[/10.0.0.1]", of(names, "php.test"));
        zone.put("php.test", List.of("10.0.0.2", "10.0.0.3"));
        assertEquals("[/10.0.0.2, /10.0.0.3]", of(names, "php.test"));
    }

    @Test
    void ofBothFamiliesTheJvmsPreferredOneComesFirst() throws Exception {
        zone.put("php.test", List.of("2001:db8::1", "10.0.0.1"));
        assertEquals("[/10.0.0.1, /2001:db8:0:0:0:0:0:1]", of(names(""), "php.test"));
    }

    @Test
    void theSearchListIsTried() throws Exception {
        zone.put("php.apps.svc.test", List.of("10.0.0.1"));
        zone.put("php.apps", List.of("10.0.0.9"));
        assertEquals("[/10.0.0.1]", of(names("search web.svc.test svc.test\noptions ndots:5\n"), "php.apps"));
        assertEquals("[/10.0.0.9]", of(names("search web.svc.test svc.test\n"), "php.apps"));
        assertEquals("[/10.0.0.9]", of(names("search web.svc.test svc.test\noptions ndots:5\n"), "php.apps."), "it is whole");
    }

    @Test
    void whatStandsInTheHostsFileIsNotAsked() throws Exception {
        zone.put("localhost", List.of("10.0.0.1"));
        assertEquals(List.of(InetAddress.getAllByName("localhost")), names("").addresses("localhost"));
    }

    @Test
    void aCommentInTheHostsFileIsNone() throws Exception {
        zone.put("php", List.of("10.0.0.1"));
        assertEquals("[/10.0.0.1]", of(names(""), "php"));
    }

    @Test
    void whatIsNowhereIsUnknown() {
        assertThrows(UnknownHostException.class, () -> names("").addresses("nowhere.invalid"));
    }
}
