package org.jettyphp.cgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadParserTest {

    private static final String USUAL = "Status: 404 Not Found\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-type: text/html\r\n\r\n";

    @Test
    void aHeadCutAtAnyByteIsTheSameAndLeavesTheBody() throws Exception {
        byte[] bytes = latin1(USUAL + "body\r\n\r\n");
        for (int cut = 0; cut <= bytes.length; cut++) {
            ResponseHeadParser parser = new ResponseHeadParser(1024);
            ByteBuffer first = ByteBuffer.wrap(bytes, 0, cut);
            ByteBuffer second = ByteBuffer.wrap(bytes, cut, bytes.length - cut);
            boolean early = parser.parse(first);
            assertEquals(cut >= USUAL.length(), early);
            assertTrue(parser.parse(second));
            assertEquals("body\r\n\r\n".length(), first.remaining() + second.remaining());
            assertUsual(parser.head());
        }
    }

    @Test
    void aHeadThatComesByteByByteIsTheSame() throws Exception {
        ResponseHeadParser parser = new ResponseHeadParser(1024);
        byte[] bytes = latin1(USUAL);
        for (int i = 0; i < bytes.length; i++) {
            assertEquals(i == bytes.length - 1, parser.parse(ByteBuffer.wrap(bytes, i, 1)));
        }
        assertUsual(parser.head());
    }

    private static void assertUsual(ResponseHead head) {
        assertEquals(404, head.status());
        assertEquals("Not Found", head.reason());
        assertEquals(List.of(new Header("Set-Cookie", "a=1"), new Header("set-cookie", "b=2"), new Header("Content-type", "text/html")),
                head.headers());
        assertEquals(List.of(), head.problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A: 1\nB: 2\n\n", "A: 1\r\nB: 2\r\n\n", "A: 1\nB: 2\r\n\r\n", "A:1\n B: 9\nB:2\n\n",
            "A: \t1\t \r\nB:\t2\r\n\r\n"})
    void linesEndInEitherWayAndSpaceAroundAValueIsNotPartOfIt(String text) throws Exception {
        assertEquals("2", parse(text).first("b"));
        assertTrue(parse(text).first("a").startsWith("1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Status: 404 Not Found | 404 | Not Found",
            "Status:404 | 404 |",
            "status: 201 Created | 201 | Created",
            "STATUS: 404Not | 404 | Not",
            "Status: 799 Own words, ü | 799 | Own words, ü",
            "Status: 999 | 999 |",
            "X: 1 | 200 |",
            "Location: http://x/ | 302 |",
            "Location: /path | 302 |",
            "HTTP/1.1 404 Not There | 404 | Not There",
            "HTTP/1.0 500 | 500 |",
    })
    void theStatusIsRead(String line, int status, String reason) throws Exception {
        ResponseHead head = parse(line + "\r\nX: 1\r\n\r\n");
        assertEquals(status, head.status());
        assertEquals(reason, head.reason());
        assertEquals(List.of(), head.problems());
        assertNull(head.first("Status"));
    }

    @Test
    void aStatusBesideALocationCounts() throws Exception {
        assertEquals(201, parse("Location: /x\r\nStatus: 201 Created\r\n\r\n").status());
        assertEquals(200, parse("HTTP/1.1 200 OK\r\nLocation: /x\r\n\r\n").status());
    }

    @Test
    void ofSeveralStatusesTheLastCounts() throws Exception {
        ResponseHead head = parse("Status: 200\r\nStatus: 404\r\n\r\n");
        assertEquals(404, head.status());
        assertEquals(List.of("status 200 replaced by a later 404"), head.problems());
        assertEquals(List.of(), parse("Status: 404\r\nStatus: 404 x\r\n\r\n").problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Status: abc", "Status:", "Status: 99", "Status: 1000", "Status: 100 Continue", "Status: 101", "Status: 199",
            "Status: -404", "Status: 4 04", "Status: 0404", "HTTP/1.1", "HTTP/1.1 x", "HTTP/1.1 100 Continue"})
    void aStatusThatIsNoneIsNotPassedOn(String line) {
        ResponseHeadException refused = assertThrows(ResponseHeadException.class, () -> parse(line + "\r\n\r\n"));
        assertTrue(refused.getMessage().startsWith("PHP's status is "), refused.getMessage());
    }

    @Test
    void anEmptyHeadIsTwoHundred() throws Exception {
        assertEquals(new ResponseHead(200, null, List.of(), List.of()), parse("\r\n"));
        assertEquals(new ResponseHead(200, null, List.of(), List.of()), parse("\nbody"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", ": no name", "A B: 1", "A : 1", "A(: 1", "Ä: 1", "A\u0000: 1", "X: a\u0000b", "X: a\rB: 2",
            "X: \u0001",
            "X: \u007f", "X\r: 1", "HTTP/1.1 404 late", "\r"})
    void aLineThatIsNoHeaderIsSkippedAndToldOf(String line) throws Exception {
        ResponseHead head = parse("A: 1\r\n" + line + "\r\nZ: 2\r\n\r\n");
        assertEquals(List.of(new Header("A", "1"), new Header("Z", "2")), head.headers());
        assertEquals(1, head.problems().size());
        assertFalse(head.problems().get(0).chars().anyMatch(c -> c < ' '), head.problems().get(0));
    }

    @Test
    void aLineOfOneCharacterDoesNotEndTheHead() throws Exception {
        assertEquals("1", parse("x\nA: 1\n\n").first("A"));
    }

    @Test
    void aFoldedHeaderIsUnfolded() throws Exception {
        assertEquals("a b c", parse("X: a\r\n b\r\n\tc \r\n\r\n").first("X"));
    }

    @Test
    void aFoldCannotHideASkippedHeader() throws Exception {
        ResponseHead head = parse("no colon\r\n Set-Cookie: x=1\r\n\r\n");
        assertEquals(List.of(), head.headers().stream().filter(h -> h.name().equals("Set-Cookie")).toList());
        assertEquals(1, head.problems().size());
    }

    @Test
    void valuesKeepTheirBytes() throws Exception {
        assertEquals("\u00c3\u00a4\u00ff\u0080", parse("X: \u00c3\u00a4\u00ff\u0080\r\n\r\n").first("x"));
    }

    @Test
    void whatConcernsOneHopIsRemovedAndOnlyACodingIsToldOf() throws Exception {
        ResponseHead head = parse("Connection: close\r\nKeep-Alive: 3\r\nProxy-Connection: x\r\nTE: x\r\nTrailer: x\r\n"
                + "Transfer-Encoding: chunked\r\nUpgrade: x\r\nX: 1\r\n\r\n");
        assertEquals(List.of(new Header("X", "1")), head.headers());
        assertEquals(1, head.problems().size());
        assertTrue(head.problems().get(0).contains("Transfer-Encoding"));
    }

    @Test
    void whatConnectionNamesIsRemovedWhereverItStands() throws Exception {
        ResponseHead head = parse("X-a: 1\r\nConnection: x-A , upgrade\r\nX-B: 2\r\nconnection: X-C\r\nX-C: 3\r\n\r\n");
        assertEquals(List.of(new Header("X-B", "2")), head.headers());
        assertEquals(2, head.problems().size());
    }

    @ParameterizedTest
    @CsvSource({"4,4,0", "0,0,0", "007,7,0", "999999999999999999,999999999999999999,0", "4x,-1,1", "+4,-1,1", "-4,-1,1", "'4, 4',-1,1",
            "'',-1,1", "9999999999999999999,-1,1", "0x4,-1,1"})
    void aContentLengthIsANumberOrIsDropped(String value, long length, int problems) throws Exception {
        ResponseHead head = parse("Content-Length: " + value + "\r\n\r\n");
        assertEquals(length, head.contentLength());
        assertEquals(problems, head.problems().size());
        assertEquals(length < 0 ? 0 : 1, head.headers().size());
    }

    @Test
    void equalContentLengthsBecomeOneAndDifferingOnesNone() throws Exception {
        ResponseHead equal = parse("Content-Length: 4\r\nX: 1\r\ncontent-length: 4\r\n\r\n");
        assertEquals(List.of(new Header("Content-Length", "4"), new Header("X", "1")), equal.headers());
        ResponseHead differing = parse("Content-Length: 4\r\nX: 1\r\nContent-Length: 5\r\n\r\n");
        assertEquals(List.of(new Header("X", "1")), differing.headers());
        assertEquals(-1, differing.contentLength());
        assertEquals(1, differing.problems().size());
    }

    @Test
    void theLimitIsExact() throws Exception {
        String head = "X: " + "a".repeat(2000) + "\r\n\r\n";
        assertTrue(new ResponseHeadParser(head.length()).parse(ByteBuffer.wrap(latin1(head + "body"))));
        ResponseHeadParser small = new ResponseHeadParser(head.length() - 1);
        assertThrows(ResponseHeadTooLargeException.class, () -> small.parse(ByteBuffer.wrap(latin1(head))));
    }

    @Test
    void aHeadWithoutEndStopsAtTheLimit() {
        ResponseHeadParser parser = new ResponseHeadParser(4096);
        assertThrows(ResponseHeadTooLargeException.class, () -> {
            for (int i = 0; i < 100; i++) {
                parser.parse(ByteBuffer.wrap(latin1("a".repeat(1000))));
            }
        });
    }

    @Test
    void aHeadOfSixtyFourKilobytesIsRead() throws Exception {
        ResponseHeadParser parser = new ResponseHeadParser(262144);
        assertFalse(parser.parse(ByteBuffer.wrap(latin1("X: " + "a".repeat(40_000)))));
        assertTrue(parser.parse(ByteBuffer.allocateDirect(30_000).put(latin1("b".repeat(25_000) + "\r\n\r\n")).flip()));
        assertEquals(65_000, parser.head().first("X").length());
    }

    @Test
    void manyProblemsAreCountedNotListed() throws Exception {
        ResponseHead head = parse("junk\n".repeat(1000) + "\n");
        assertEquals(21, head.problems().size());
        assertEquals("980 more problems in the headers are not listed", head.problems().get(20));
    }

    @Test
    void outputThatEndsInTheHeadIsNoAnswer() throws Exception {
        ResponseHeadParser parser = new ResponseHeadParser(1024);
        assertEquals("PHP ended without an answer", parser.headAtEnd().getMessage());
        assertFalse(parser.parse(ByteBuffer.wrap(latin1("A: 1\r\n"))));
        assertThrows(IllegalStateException.class, parser::head);
        assertTrue(parser.headAtEnd().getMessage().contains("after 6 bytes"));
    }

    private static ResponseHead parse(String text) throws ResponseHeadException {
        ResponseHeadParser parser = new ResponseHeadParser(65536);
        assertTrue(parser.parse(ByteBuffer.wrap(latin1(text))));
        return parser.head();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
