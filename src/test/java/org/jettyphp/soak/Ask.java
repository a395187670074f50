package org.jettyphp.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

/**
 * A request, and the one answer to it that is right.
 *
 * @param body null if there is none
 * @param marker the file that lets a streamed answer go on, null if it is not one
 */
record Ask(Kind kind, String method, String path, byte[] body, int status, String answer, Path marker) {

    private static final int SMALL_BODY = 2_000;
    /** Far more than is held in memory. */
    private static final int LARGE_BODY = 2_000_000;
    private static final int LARGE_ANSWER_KB = 2_000;
    private static final String KILOBYTE = "0123456789abcdef".repeat(64);

    /** What it is about. */
    enum Kind {
        HELLO, STATIC_FILE, NOT_FOUND, HEAD, BIG_ANSWER, SMALL_UPLOAD, LARGE_UPLOAD, SMALL_CHUNKED_UPLOAD, LARGE_CHUNKED_UPLOAD,
        SLOW_READER,
        SLOW_SENDER, SLOW_CHUNKED_SENDER, FLUSHED_STREAM, HTTP2_HELLO, HTTP2_BIG_ANSWER, HTTP2_SMALL_UPLOAD, HTTP2_LARGE_UPLOAD;

        boolean isHttp2() {
            return name().startsWith("HTTP2");
        }

        boolean isUpload() {
            return name().contains("UPLOAD") || name().contains("SENDER");
        }

        boolean isChunked() {
            return name().contains("CHUNKED");
        }

        boolean isSlow() {
            return name().startsWith("SLOW");
        }

        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("http2", "HTTP/2:").replace("head", "HEAD");
        }
    }

    /**
     * Makes one up.
     *
     * @param number of this request, no other has it
     * @param markers a directory that PHP can read
     */
    static Ask random(Random random, int number, Path markers) throws Exception {
        return of(Kind.values()[random.nextInt(Kind.values().length)], random, number, markers);
    }

    /** One of a kind; else as {@link #random}. */
    static Ask of(Kind kind, Random random, int number, Path markers) throws Exception {
        return switch (kind) {
            case HELLO, HTTP2_HELLO -> get(kind, "/hello.php", "Hello, World!");
            case STATIC_FILE -> get(kind, "/static.txt", "static text\n");
            case NOT_FOUND -> new Ask(kind, "GET", "/not-here.php?" + number, null, 404, null, null);
            case HEAD -> new Ask(kind, "HEAD", "/big.php?kb=" + random.nextInt(100), null, 200, "", null);
            case BIG_ANSWER, SLOW_READER, HTTP2_BIG_ANSWER -> {
                int kilobytes = 1 + random.nextInt(LARGE_ANSWER_KB);
                yield get(kind, "/big.php?kb=" + kilobytes, KILOBYTE.repeat(kilobytes));
            }
            case SMALL_UPLOAD, SMALL_CHUNKED_UPLOAD, HTTP2_SMALL_UPLOAD -> upload(kind, random, random.nextInt(SMALL_BODY));
            case LARGE_UPLOAD, LARGE_CHUNKED_UPLOAD, SLOW_SENDER, SLOW_CHUNKED_SENDER, HTTP2_LARGE_UPLOAD ->
                upload(kind, random, SMALL_BODY + random.nextInt(LARGE_BODY));
            case FLUSHED_STREAM -> {
                Path marker = markers.resolve("go-on-" + number);
                yield new Ask(kind, "GET", "/flush.php?until=" + marker, null, 200, "data: one\n\ndata: two\n\n", marker);
            }
        };
    }

    private static Ask get(Kind kind, String path, String answer) {
        return new Ask(kind, "GET", path, null, 200, answer, null);
    }

    private static Ask upload(Kind kind, Random random, int size) throws Exception {
        byte[] body = new byte[size];
        random.nextBytes(body);
        String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        return new Ask(kind, "POST", "/body.php", body, 200, size + " " + hash + " " + size, null);
    }

    /** The head of a request in HTTP/1.1. */
    byte[] head() {
        String length = body == null ? "" : kind.isChunked() ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n";
        return (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The answer does not go on before this has happened. */
    void letGoOn() throws IOException {
        if (marker != null && !Files.exists(marker)) {
            Files.createFile(marker);
        }
    }

    /** What is wrong with a whole answer, null if nothing is. */
    String fault(int gotStatus, String gotAnswer) {
        if (gotStatus != status) {
            return "status " + gotStatus + " instead of " + status;
        }
        if (answer == null || answer.equals(gotAnswer)) {
            return null;
        }
        int same = 0;
        while (same < Math.min(answer.length(), gotAnswer.length()) && answer.charAt(same) == gotAnswer.charAt(same)) {
            same++;
        }
        return gotAnswer.length() + " bytes instead of " + answer.length() + ", which differ from byte " + same + " on";
    }
}
