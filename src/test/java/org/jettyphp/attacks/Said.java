package org.jettyphp.attacks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything a server has said on a connection, taken apart into answers.
 *
 * @param ended whether it has closed the connection
 */
record Said(String all, List<Answer> answers, boolean ended) {

    /** One answer; what cannot be taken apart is one of status 0 with all the rest, a stream that was reset one of status -1. */
    record Answer(int status, String head, String body) {}

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})[ \r]");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)\r?$");
    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding: *chunked\r?$");

    /** @param head whether the first request was a HEAD */
    static Said of(byte[] bytes, boolean head, boolean ended) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Answer> answers = new ArrayList<>();
        int at = 0;
        while (at < all.length()) {
            at = answer(all, at, head && answers.isEmpty(), answers);
        }
        return new Said(all, answers, ended);
    }

    private static int answer(String all, int at, boolean toHead, List<Answer> answers) {
        int headEnd = all.indexOf("\r\n\r\n", at);
        Matcher status = STATUS.matcher(all).region(at, all.length());
        if (headEnd < 0 || !status.lookingAt()) {
            answers.add(new Answer(0, "", all.substring(at)));
            return all.length();
        }
        int code = Integer.parseInt(status.group(1));
        String head = all.substring(at, headEnd + 2);
        if (code < 200 && code != 101) {
            return headEnd + 4;
        }
        StringBuilder body = new StringBuilder();
        int end = toHead || code == 204 || code == 304 ? headEnd + 4 : body(all, headEnd + 4, head, body);
        answers.add(new Answer(code, head, body.toString()));
        return end;
    }

    private static int body(String all, int start, String head, StringBuilder body) {
        if (CHUNKED.matcher(head).find()) {
            return chunks(all, start, body);
        }
        Matcher length = LENGTH.matcher(head);
        int end = length.find() ? (int) Math.min(all.length(), start + Long.parseLong(length.group(1))) : all.length();
        body.append(all, start, end);
        return end;
    }

    private static int chunks(String all, int start, StringBuilder body) {
        for (int at = start;;) {
            int line = all.indexOf("\r\n", at);
            if (line < 0) {
                return all.length();
            }
            int size = Integer.parseInt(all.substring(at, line).strip(), 16);
            int end = Math.min(all.length(), line + 2 + size);
            body.append(all, line + 2, end);
            at = Math.min(all.length(), end + 2);
            if (size == 0) {
                return at;
            }
        }
    }
}
