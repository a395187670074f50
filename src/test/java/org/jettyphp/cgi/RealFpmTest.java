package org.jettyphp.cgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What this package says and reads, said to and read from the real php-fpm. */
class RealFpmTest {

    private final Requests requests = new Requests();
    private final OwnFpm fpm;

    RealFpmTest() throws Exception {
        fpm = new OwnFpm("-d", "cgi.rfc2616_headers=1", "-d", "log_errors=1", "-d", "display_errors=0", "-d", "expose_php=0");
    }

    @AfterEach
    void stop() throws IOException {
        fpm.close();
    }

    @Test
    void phpSeesTheVariables() throws Exception {
        Path script =
                fpm.script("päge über.php", "<?php foreach (['REQUEST_URI', 'SCRIPT_NAME', 'PATH_INFO', 'HTTP_X_BYTES', 'HTTP_COOKIE',"
                        + " 'PHP_AUTH_USER', 'PHP_SELF', 'OWN'] as $k) echo $k, '=', $_SERVER[$k], \"\\n\"; echo count($_COOKIE), ini_get('user_agent');");
        requests.line = new CgiRequest.Line("GET", "HTTP/1.1", "http", "/blog/p%C3%A4ge%20%C3%BCber.php/%C3%B8?x", "x");
        requests.script = new CgiRequest.Script("/blog", "/päge über.php", script.toString(), "/ø", fpm.www.toString());
        requests.header("X-Bytes", "\u00c3\u00a4").header("Cookie", "a=1").header("Cookie", "b=2").header("Authorization", "Basic dTpw");
        String value = "tcp://h:1?a=b;c&d=(\"e\") \\ it's";
        CgiSettings settings = new CgiSettings(Map.of("OWN", "${header:X-Bytes}!"), Map.of("user_agent", value), Map.of(), false, 262144);
        assertEquals("""
                REQUEST_URI=/blog/p%C3%A4ge%20%C3%BCber.php/%C3%B8?x
                SCRIPT_NAME=/blog/päge über.php
                PATH_INFO=/ø
                HTTP_X_BYTES=ä
                HTTP_COOKIE=a=1; b=2
                PHP_AUTH_USER=u
                PHP_SELF=/blog/päge über.php/ø
                OWN=ä!
                2""" + value, fpm.send(requests.variables(settings), new byte[0]).body());
    }

    @Test
    void aLongValueArrivesWhole() throws Exception {
        run("long.php", "<?php echo strlen($_SERVER['HTTP_X_LONG']);");
        requests.header("X-Long", "a".repeat(40_000));
        assertEquals("40000", fpm.send(requests.variables(), new byte[0]).body());
    }

    @Test
    void aStatusLineInsteadOfAStatusFieldIsRead() throws Exception {
        run("status.php", "<?php header('HTTP/1.1 404 Nope'); header('no colon here'); header('X-Ä: ö'); echo 1;");
        OwnFpm.Answer answer = fpm.send(requests.variables(), new byte[0]);
        assertTrue(new String(answer.stdout(), StandardCharsets.UTF_8).startsWith("HTTP/1.1 404 Nope\r\n"));
        assertEquals(404, answer.head().status());
        assertEquals("Nope", answer.head().reason());
        assertEquals(2, answer.head().problems().size());
        assertEquals("1", answer.body());
    }

    @Test
    void aRedirectHasItsStatus() throws Exception {
        run("redirect.php", "<?php header('Location: /x');");
        assertEquals(302, fpm.send(requests.variables(), new byte[0]).head().status());
    }

    @Test
    void anUnknownScriptIsRecognised() throws Exception {
        at(fpm.www.resolve("none.php"));
        complains(FpmComplaint.Kind.PRIMARY_SCRIPT_UNKNOWN, 404);
    }

    @Test
    void anExtensionThatFpmRefusesIsRecognised() throws Exception {
        at(fpm.script("a.txt", "x"));
        complains(FpmComplaint.Kind.ACCESS_DENIED_LIMIT_EXTENSIONS, 403);
    }

    @Test
    void aFileThatFpmCannotReadIsRecognised() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root makes files that the pool's user cannot read");
        at(Files.setPosixFilePermissions(fpm.script("secret.php", "x"), PosixFilePermissions.fromString("rw-------")));
        complains(FpmComplaint.Kind.UNABLE_TO_OPEN, 403);
    }

    @Test
    void aDirectoryNamedLikeAScriptIsRecognised() throws Exception {
        at(Files.createDirectory(fpm.www.resolve("dir.php")));
        complains(FpmComplaint.Kind.UNABLE_TO_OPEN, 404);
    }

    @Test
    void aBodyOverPostMaxSizeIsRecognised() throws Exception {
        run("post.php", "<?php echo count($_POST);");
        requests.line = new CgiRequest.Line("POST", "HTTP/1.1", "http", "/post.php", null);
        for (String type : new String[] {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"}) {
            requests.body = new CgiRequest.Body(30, type);
            CgiSettings settings = new CgiSettings(Map.of(), Map.of("post_max_size", "10"), Map.of(), false, 262144);
            OwnFpm.Answer answer = fpm.send(requests.variables(settings), ("a=" + "x".repeat(28)).getBytes(StandardCharsets.US_ASCII));
            FpmComplaint complaint = FpmComplaint.in(answer.stderr());
            assertEquals(FpmComplaint.Kind.POST_TOO_LARGE, complaint.kind());
            assertEquals("POST Content-Length of 30 bytes exceeds the limit of 10 bytes", complaint.said());
            assertEquals("0", answer.body());
        }
    }

    @Test
    void aScriptCannotPassForFpm() throws Exception {
        run("log.php", "<?php error_log('Primary script unknown');");
        assertNull(FpmComplaint.in(fpm.send(requests.variables(), new byte[0]).stderr()));
    }

    private void complains(FpmComplaint.Kind kind, int status) throws Exception {
        OwnFpm.Answer answer = fpm.send(requests.variables(), new byte[0]);
        FpmComplaint complaint = FpmComplaint.in(answer.stderr());
        assertEquals(kind, complaint == null ? null : complaint.kind(), answer.stderr());
        assertEquals(status, answer.head().status());
    }

    private void run(String name, String text) throws IOException {
        at(fpm.script(name, text));
    }

    private void at(Path file) {
        requests.script = new CgiRequest.Script("", "/" + file.getFileName(), file.toString(), null, fpm.www.toString());
    }
}
