package org.jettyphp.cgi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jettyphp.cgi.ResponseHead.Header;

/** Interprets the lines of a head: what is no header is skipped with a note, what belongs to the connection does not pass. */
final class ResponseHeadLines {

    private static final Set<String> OF_THE_CONNECTION = Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");
    private static final int LONGEST_SHOWN = 80;

    private final List<Header> headers = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> namedByConnection = new HashSet<>();
    private int status;
    private boolean located;
    private long contentLength = -1;
    private boolean lengthDisputed;

    ResponseHead read(String text) {
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end;
            readLine(text.substring(start, next > start && text.charAt(next - 1) == '\r' ? next - 1 : next));
            start = next + 1;
        }
        headers.removeIf(header -> namedByConnection.contains(header.name().toLowerCase(Locale.ROOT)));
        if (lengthDisputed) {
            contentLength = -1;
            headers.removeIf(header -> header.name().equalsIgnoreCase("Content-Length"));
        }
        // RFC 3875, 6.2.3 and 6.2.4: a Location without a Status is a redirect.
        int meant = status != 0 ? status : located ? 302 : 200;
        return new ResponseHead(meant, List.copyOf(headers), contentLength, List.copyOf(problems));
    }

    private void readLine(String line) {
        if (headers.isEmpty() && status == 0 && line.startsWith("HTTP/") && line.indexOf(' ') > 0) {
            // A script that writes a whole status line ("non-parsed headers"); nginx and Apache take it too.
            readStatus(line.substring(line.indexOf(' ') + 1));
            return;
        }
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        if (!isToken(name)) {
            skip(line, colon < 0 ? "has no colon" : "has no header's name before the colon");
        } else if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
            skip(line, "has a control character in its value");
        } else {
            readHeader(name, value);
        }
    }

    private void readHeader(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        switch (lower) {
            case "status" -> readStatus(value);
            case "content-length" -> readLength(name, value);
            case "connection" -> {
                for (String named : value.split(",")) {
                    namedByConnection.add(named.strip().toLowerCase(Locale.ROOT));
                }
            }
            case "transfer-encoding" -> problems.add("PHP sent Transfer-Encoding: " + shown(value) + "; the server does that itself, the header was dropped");
            default -> {
                located |= lower.equals("location");
                if (!OF_THE_CONNECTION.contains(lower)) {
                    headers.add(new Header(name, value));
                }
            }
        }
    }

    private void readStatus(String value) {
        String code = value.split(" ", 2)[0];
        boolean usable = code.length() == 3 && code.chars().allMatch(c -> c >= '0' && c <= '9') && code.charAt(0) >= '2';
        if (usable) {
            status = Integer.parseInt(code);
        } else {
            // 1xx would be an interim answer, after which the client waits for another one.
            status = 500;
            problems.add("PHP sent Status: " + shown(value) + ", which is no final status (200 to 999); 500 was sent instead");
        }
    }

    private void readLength(String name, String value) {
        boolean number = !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        long length = number ? Long.parseLong(value) : -1;
        if (!number || contentLength >= 0 && contentLength != length) {
            lengthDisputed = true;
            problems.add("PHP sent Content-Length: " + shown(value) + (number ? " after " + contentLength : ", which is no length") + "; it was dropped");
        } else if (contentLength < 0) {
            contentLength = length;
            headers.add(new Header(name, value));
        }
    }

    private void skip(String line, String why) {
        problems.add("PHP sent a header line that " + why + ", it was skipped: " + shown(line));
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(LONGEST_SHOWN).forEach(c -> shown.append(c < ' ' || c >= 127 ? '?' : (char) c));
        return shown + (text.length() > LONGEST_SHOWN ? "..." : "");
    }

    private static boolean isToken(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
    }
}
