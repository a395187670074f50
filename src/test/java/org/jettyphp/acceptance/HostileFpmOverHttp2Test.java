package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.Http2Answer;
import org.jettyphp.peers.RawHttp2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of {@link HostileFpmTest} over HTTP/2: a failure is one of its stream, and the connection goes on. */
class HostileFpmOverHttp2Test extends BehindFakeFpm {

    private static final String NEXT = "next";

    /** The answer to a first request; the next one on the connection is answered as ever. */
    private Http2Answer answer(FakeFpm.Script script, String... settings) throws Exception {
        int port = serve((request, wire) -> {
            if (request.params().get("QUERY_STRING").equals(NEXT)) {
                wire.stdout(HEAD + NEXT).end(0);
            } else {
                script.answer(request, wire);
            }
        }, settings);
        try (RawHttp2 http = new RawHttp2(port)) {
            Http2Answer answer = ask(http, 1, "/x.php");
            assertEquals(NEXT, ask(http, 3, "/x.php?" + NEXT).body());
            return answer;
        }
    }

    private static Http2Answer ask(RawHttp2 http, int stream, String path) throws Exception {
        http.request(stream, List.of(":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", path), new byte[0]);
        return Http2Answer.read(http, stream);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("org.jettyphp.acceptance.HostileFpmTest#unusableAnswers")
    void anAnswerThatCannotBeUsedIsAFailure(int status, String name, FakeFpm.Script script) throws Exception {
        Http2Answer answer = answer(script);
        assertEquals(status, answer.status(), log.text());
        assertTrue(answer.clean());
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("org.jettyphp.acceptance.HostileFpmTest#brokenBodies")
    void aBodyThatBreaksOffIsNoWholeAnswer(int none, String name, FakeFpm.Script script) throws Exception {
        Http2Answer answer = answer(script);
        assertFalse(answer.status() == 200 && answer.clean(), answer.body().length() + " bytes");
    }

    @Test
    void anAnswerCutIntoSingleBytesArrivesWhole() throws Exception {
        Http2Answer answer = answer((request, wire) -> wire.pieces(1).stdout("X-A: 1\r\n" + HEAD + "hel").stdout("lo").end(0));
        assertEquals("hello", answer.body());
        assertEquals("1", answer.fields().get("X-A"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 127, 255})
    void paddingOfAnyLengthIsSkipped(int padding) throws Exception {
        Http2Answer answer = answer((request, wire) -> wire.padding(padding).stdout(HEAD).stdout("body").stdout(" and more").end(0));
        assertEquals("body and more", answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 3\r\nContent-Length: 5\r\n", "Content-Length: +5\r\n", "Content-Length: 5, 5\r\n"})
    void aLengthThatIsNoneIsDropped(String lengths) throws Exception {
        Http2Answer answer = answer((request, wire) -> wire.stdout(lengths + HEAD + "hello").end(0));
        assertEquals("hello", answer.body());
        assertTrue(answer.clean());
    }

    @Test
    void moreThanTheAnnouncedLengthIsCut() throws Exception {
        Http2Answer answer = answer((request, wire) -> wire.stdout("Content-Length: 5\r\n" + HEAD + "hello and more").end(0));
        assertEquals("hello", answer.body());
        assertTrue(answer.clean());
    }

    @Test
    void lessThanTheAnnouncedLengthIsAResetStream() throws Exception {
        assertFalse(answer((request, wire) -> wire.stdout("Content-Length: 50\r\n" + HEAD + "hello").end(0)).clean());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void aBodyWhereThereIsNoneIsDropped(int status) throws Exception {
        Http2Answer answer = answer((request, wire) -> wire.stdout("Status: " + status + " x\r\n" + HEAD + "body").end(0));
        assertEquals(status, answer.status());
        assertEquals("", answer.body());
        assertTrue(answer.clean());
    }
}
