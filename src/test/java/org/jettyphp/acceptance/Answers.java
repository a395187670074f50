package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client sees of PHP's answer. */
interface Answers extends Started {

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 400, 404, 410, 500, 503})
    default void phpsOwnStatusAndBodyPassUntouched(int code) throws Exception {
        Reply reply = get("/status.php?code=" + code);
        assertEquals(code, reply.status());
        assertEquals("body of " + code, reply.body());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    default void anAnswerThatHasNoBodyGetsNoneAndTheConnectionGoesOn(int code) throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            assertEquals(code, http.send("GET", plain().contextPath() + "/status.php?code=" + code, "").read().status());
            assertEquals("Hello, World!", http.send("GET", plain().contextPath() + "/hello.php", "").read().body());
        }
    }

    @Test
    default void headersArriveUnchangedAndInOrder() throws Exception {
        Reply reply = get("/headers.php");
        assertEquals("1", reply.header("X-One"));
        assertEquals("zwei; \"quoted\"", reply.header("X-Two"));
        assertEquals(List.of("a=1", "b=2"), reply.all("Set-Cookie"));
        assertEquals("text/html", reply.header("Content-Type"), "no charset is added");
        assertNull(reply.header("Keep-Alive"));
    }

    @Test
    default void aDateThatPhpSendsIsTheOnlyOne() throws Exception {
        assertEquals(List.of("Mon, 01 Jan 2024 00:00:00 GMT"), get("/send.php?Date=Mon,%2001%20Jan%202024%2000:00:00%20GMT").all("Date"));
    }

    @Test
    default void theContentTypeArrivesAsPhpWroteIt() throws Exception {
        needs(WayOfUse.Capability.EXACT_CONTENT_TYPE, "this container normalises the spelling of media types");
        assertEquals("text/html; charset=UTF-8", get("/hello.php").header("Content-Type"));
        assertEquals("application/x-odd", get("/type.php?type=application/x-odd").header("Content-Type"));
    }

    @Test
    default void headHasTheHeadersAndNoBody() throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            Reply head = http.send("HEAD", plain().contextPath() + "/headers.php", "").read(true);
            assertEquals(200, head.status());
            assertEquals("1", head.header("X-One"));
            assertEquals("Hello, World!", http.send("GET", plain().contextPath() + "/hello.php", "").read().body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD /hello.php", "HEAD /big.php?kb=100", "GET /status.php?code=304"})
    default void noLengthIsInventedWhereNoBodyIsSent(String request) throws Exception {
        String[] words = request.split(" ");
        try (RawHttp http = new RawHttp(plain().port())) {
            Reply reply = http.send(words[0], plain().contextPath() + words[1], "").read(true);
            assertNull(reply.header("Content-Length"), reply.toString());
            assertEquals("Hello, World!", http.send("GET", plain().contextPath() + "/hello.php", "").read().body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET 204 null", "HEAD 200 5"})
    default void aLengthIsPassedOnWhereNoBodyIsSentExceptWith204(String expected) throws Exception {
        String[] words = expected.split(" ");
        try (RawHttp http = new RawHttp(plain().port())) {
            Reply reply = http.send(words[0], plain().contextPath() + "/status-length.php?code=" + words[1], "").read(true);
            assertEquals(Integer.parseInt(words[1]), reply.status());
            assertEquals(words[2], String.valueOf(reply.header("Content-Length")));
            assertEquals("Hello, World!", http.send("GET", plain().contextPath() + "/hello.php", "").read().body());
        }
    }

    @Test
    default void redirectsArriveAsWritten() throws Exception {
        assertEquals("/elsewhere?a=b", get("/redirect.php?to=/elsewhere?a=b").header("Location"));
        Reply absolute = get("/redirect.php?to=https://example.org/x");
        assertEquals(302, absolute.status());
        assertEquals("https://example.org/x", absolute.header("Location"));
    }

    @Test
    default void moreThanTheAnnouncedLengthIsCut() throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            assertEquals("hel", http.send("GET", plain().contextPath() + "/length.php?n=3", "").read().body());
            assertEquals("Hello, World!", http.send("GET", plain().contextPath() + "/hello.php", "").read().body());
        }
        assertTrue(plain().log().contains("2 bytes more than its Content-Length"));
    }

    @Test
    default void lessThanTheAnnouncedLengthLooksAborted() throws Exception {
        Reply reply = get("/length.php?n=30");
        assertFalse(reply.status() == 200 && reply.complete(), reply.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 63, 64, 65, 255, 256, 257, 1000, 65_536})
    default void answersOfAnySizeArriveWhole(int kilobytes) throws Exception {
        Reply reply = get("/big.php?kb=" + kilobytes);
        assertTrue(reply.complete());
        assertEquals(kilobytes * 1024, reply.body().length());
        assertTrue(reply.body().startsWith("0123456789abcdef") && reply.body().endsWith("0123456789abcdef"));
    }

    @Test
    default void whatPhpFlushesArrivesBeforeTheScriptEnds() throws Exception {
        assertFlushedOutputArrives(plain());
    }

    @Test
    default void whatPhpWritesToItsErrorStreamIsLoggedWithTheRequest() throws Exception {
        assertEquals("ok", get("/stderr.php?unique=" + 4711).body());
        Until.true_("logged",
                () -> plain().log().contains("said to the error stream") && plain().log().contains("/stderr.php?unique=4711"));
    }

    /** fastcgi_finish_request(): the answer is there while PHP works on, and with a connection a request nobody waits for that worker. */
    @Test
    default void anAnswerDoesNotWaitForWhatPhpDoesAfterItNorDoesTheNextRequest() throws Exception {
        Path until = scratch().resolve("go-on-" + System.nanoTime());
        assertEquals("answered", get("/finish.php?until=" + until).body());
        for (int i = 0; i < 8; i++) {
            assertEquals("Hello, World!", get("/hello.php").body());
        }
        Files.createFile(until);
    }
}
