package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PHP and Java in one application. */
interface JavaBeside extends Started {

    private void needsJava() {
        needs(WayOfUse.Capability.JAVA_PAGES, "this way of use serves a plain directory, which has no servlets");
    }

    @Test
    default void aServletWinsOverFilesAndFallback() throws Exception {
        needsJava();
        assertEquals("java /page", get("/java/page").body());
        assertEquals("java /hello.php", get("/java/hello.php").body(), "there is such a script");
        assertEquals("java /report.sql", get("/java/report.sql").body(), "deny is for files, of which there is one");
        assertEquals("java /page", RawHttp.get(front().port(), front().contextPath() + "/java/page").body());
    }

    @Test
    default void phpIsIncludedInAServletsOutput() throws Exception {
        needsJava();
        String base = plain().contextPath();
        assertEquals("before|fragment " + base + "/java/include " + base + "/fragment.php in=1|after", get("/java/include").body());
        assertEquals("before|fragment " + base + "/java/include-writer " + base + "/fragment.php in=1|after",
                get("/java/include-writer").body());
    }

    /** As in a JSP, which has taken the writer. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
    default void throughAWriterTheCharactersOfPhpsCharsetAreIncluded(String charset) throws Exception {
        needsJava();
        assertEquals("before|" + "a".repeat(8191) + "äö", get("/java/include-charset?" + charset).text());
    }

    @Test
    default void phpIsForwardedToAndSeesTheOriginalUriAndAttributes() throws Exception {
        needsJava();
        String env = get("/java/forward").text();
        assertTrue(env.contains("\"REQUEST_URI\":\"" + plain().contextPath() + "/java/forward\""), env);
        assertTrue(env.contains("\"GREETING\":\"from Java\""), env);
        assertTrue(env.contains("\"QUERY_STRING\":\"forwarded=1\""), env);
    }

    @Test
    default void phpIsForwardedToFromAServletThatHasTakenTheWriter() throws Exception {
        needsJava();
        Reply reply = get("/java/forward-after-writer");
        assertEquals("Hello, World!", reply.body());
        assertEquals("1", reply.header("X-Java"));
    }

    @Test
    default void anAsyncDispatchRunsTheScript() throws Exception {
        needsJava();
        assertEquals("Hello, World!", get("/java/async").body());
        Reply source = get("/java/async-source");
        assertFalse(source.body().contains("SECRET"), source.body());
    }

    @Test
    default void anErrorPageMayBePhp() throws Exception {
        needsJava();
        Reply reply = get("/java/error");
        assertEquals(418, reply.status());
        assertEquals("error page for " + plain().contextPath() + "/java/error GET", reply.body());
    }

    @Test
    default void aFormThatAFilterHasReadStillReachesPhp() throws Exception {
        needsJava();
        Reply reply = post("/java/form-consumed", "a=1&b=%C3%A4+x&a=2", "Content-Type: application/x-www-form-urlencoded");
        assertTrue(reply.body().contains("\"b\":\"\\u00e4 x\""), reply.body());
        assertTrue(reply.body().contains("\"a\":\"2\""), reply.body());
        post("/java/form-consumed", "a=1", "Content-Type: application/x-www-form-urlencoded");
        assertEquals(2, plain().log().split("called getParameter", -1).length, "warned once: " + plain().log());
    }

    @Test
    default void aChunkedFormThatAFilterHasReadStillReachesPhp() throws Exception {
        needsJava();
        try (RawHttp http = new RawHttp(plain().port())) {
            http.write("POST " + plain().contextPath() + "/java/form-consumed HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\n3\r\na=1\r\n0\r\n\r\n");
            String body = http.read().body();
            assertTrue(body.contains("\"a\":\"1\""), body);
        }
    }

    /** PHP would take what is left for the whole. */
    @Test
    default void aBodyOfWhichAFilterHasReadSomeIsRefusedAndPhpNeverRuns() throws Exception {
        needsJava();
        Reply reply = post("/java/body-begun", "0123456789", "Content-Type: application/octet-stream");
        assertEquals(400, reply.status());
        // Of what is left the containers show all or nothing.
        assertTrue(plain().log().contains("the request body ended after 9 of 10 bytes")
                || plain().log().contains("the request body did not come, or a filter in front of PHP has read it"), plain().log());
    }

    /** What a forward's query brings is among the parameters, and PHP has it in $_GET. */
    @Test
    default void ofAFormThatWasReadInFrontOfAForwardOnlyItsOwnFieldsReachPhp() throws Exception {
        needsJava();
        Reply reply = post("/java/form-consumed-forwarded?a=0&b=9&c=3&d=5", "a=1&b=2", "Content-Type: application/x-www-form-urlencoded");
        assertTrue(reply.body().contains("\"post\":{\"a\":\"1\",\"b\":\"2\"}"), reply.body());
    }

    /** PHP gets the bytes that were sent. */
    @Test
    default void ofAFormThatWasReadTheCharsetStays() throws Exception {
        needsJava();
        String latin1 = "Content-Type: application/x-www-form-urlencoded; charset=ISO-8859-1";
        assertEquals(post("/body.php", "a=%E4", latin1).body(), post("/java/form-consumed-whole", "a=%E4", latin1).body());
    }

    /** What else takes a forward does not mind. */
    @Test
    default void phpIsForwardedToWhereAsyncIsStarted() throws Exception {
        needsJava();
        assertEquals("Hello, World!", get("/java/forward-while-async").body());
        Reply reply = post("/java/forward-from-a-thread", "a=1", "Content-Type: application/x-www-form-urlencoded");
        assertTrue(reply.body().contains("\"a\":\"1\""), reply.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "forgets"})
    default void aBodyThatAFilterHasReadAndGivesAgainReachesPhp(String listener) throws Exception {
        needsJava();
        Reply reply = post("/java/body-given-again?" + listener, "a=1", "Content-Type: application/x-www-form-urlencoded");
        assertTrue(reply.body().contains("\"a\":\"1\""), reply.status() + " " + reply.body());
        assertTrue(plain().log().contains("RequestWithBody"), plain().log());
    }

    @Test
    default void aBodyWhoseReaderIsTakenIsOurError() throws Exception {
        needsJava();
        assertEquals(500, post("/java/reader-taken", "a=1", "Content-Type: application/x-www-form-urlencoded").status());
    }

    @Test
    default void anAnswerThatAFilterCollectsIsThereWhenItLooks() throws Exception {
        needsJava();
        assertIsCollected("/big.php?kb=200");
        // A plain file that stands behind another URL.
        assertIsCollected("/plain/");
    }

    private void assertIsCollected(String path) throws Exception {
        Reply direct = get(path);
        for (String collecting : List.of(CollectingFilter.HEADER, CollectingFilter.HEADER_HANDING_ON)) {
            Reply collected = get(path, collecting);
            assertEquals(new StringBuilder(direct.body()).reverse().toString(), collected.body(), collecting);
            assertEquals(direct.header("Content-Type"), collected.header("Content-Type"));
        }
    }
}
