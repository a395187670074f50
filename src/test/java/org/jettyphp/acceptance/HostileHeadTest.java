package org.jettyphp.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.jettyphp.peers.Http2Answer;
import org.jettyphp.peers.RawHttp2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What PHP sends for a head never becomes another header, and never a second answer, over HTTP/1.1 and HTTP/2. */
class HostileHeadTest extends BehindFakeFpm {

    /** Before the usual head; whatever would be taken for a header of its own is called Injected, or has INJECTED in it. */
    static final List<String> HEADS = List.of("X-A: b\rInjected: 1\r\n", "X-A: b\r\r\nInjected : 1\r\n", "X-A: b\0Injected: 1\r\n",
            "X\0A: INJECTED\r\n",
            "X-A\r: INJECTED\r\n", "X-A : INJECTED\r\n", ": INJECTED\r\n", "X A: INJECTED\r\n", ":status: INJECTED\r\n",
            "X-A: b\r\n\rInjected: 1\r\n",
            "X-A: b\u000bInjected: 1\r\n", "X-A: b\u001bINJECTED\r\n", "X-A: INJECTED\u007f\r\n", "X\u00e4: INJECTED\r\n",
            "X(A): INJECTED\r\n",
            "Connection: X-B\r\nX-B: INJECTED\r\n", "Transfer-Encoding: INJECTED\r\n", "Transfer-Encoding: chunked\r\n",
            "Upgrade: INJECTED\r\n",
            "Trailer: INJECTED\r\n", "TE: INJECTED\r\n", "Keep-Alive: INJECTED\r\n", "Proxy-Connection: INJECTED\r\n",
            "Content-Length: 3\r\nContent-Length: 4\r\n", "Content-Length: +2\r\n", "Content-Length: 2, 2\r\n", "Content-Length: 0x2\r\n",
            "Content-Length: 2\0\r\n", "Location: /x\r\tInjected: 1\r\n", "Set-Cookie: a=b\rInjected: 1\r\n", "HTTP/1.1 200 INJECTED\r\n",
            "X-A: b\r\nINJECTED\r\n", "X-Upper-Case: fine\r\n", "X-Folded: a\r\n b\r\n");

    private int serve(String head) throws Exception {
        return serve((request, wire) -> wire
                .stdout(request.params().get("QUERY_STRING").equals("next") ? HEAD + "next" : "X-First: 1\r\n" + head + HEAD + "ok")
                .end(0));
    }

    @ParameterizedTest
    @FieldSource("HEADS")
    void overHttp1(String head) throws Exception {
        String said;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), serve(head))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("GET /x.php HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "GET /x.php?next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
            said = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
        assertFalse(said.contains("INJECTED") || said.contains("Injected"), said);
        String[] answers = said.split("HTTP/1\\.1 ", -1);
        assertEquals(3, answers.length, "two answers: " + said);
        assertTrue(answers[1].endsWith("\r\n\r\nok"), said);
        assertTrue(answers[2].endsWith("\r\n\r\nnext"), said);
        assertTrue(said.chars().noneMatch(c -> c < ' ' && c != '\r' && c != '\n'), said);
        assertFalse(said.replace("\r\n", "").contains("\r") || said.replace("\r\n", "").contains("\n"), said);
    }

    @ParameterizedTest
    @FieldSource("HEADS")
    void overHttp2(String head) throws Exception {
        try (RawHttp2 http = new RawHttp2(serve(head))) {
            assertEquals("ok", answer(http, 1, "/x.php"));
            assertEquals("next", answer(http, 3, "/x.php?next"));
        }
    }

    private static String answer(RawHttp2 http, int stream, String path) throws Exception {
        http.request(stream, List.of(":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", path), new byte[0]);
        Http2Answer answer = Http2Answer.read(http, stream);
        assertEquals(200, answer.status());
        for (HttpField field : answer.fields()) {
            String text = field.getName() + ": " + field.getValue();
            assertFalse(text.contains("INJECTED") || text.toLowerCase(Locale.ROOT).contains("injected"), text);
            assertTrue(text.chars().noneMatch(c -> c < ' '), text);
        }
        return answer.body();
    }
}
