package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jettyphp.htaccess.Additions;
import org.jettyphp.htaccess.HeaderEdit;
import org.jettyphp.htaccess.Lifetime;
import org.jspecify.annotations.Nullable;

/** Puts on an answer what the application's own rules add to it. */
final class RuledAnswer {

    private static final String ATTRIBUTE = "org.jettyphp.additions";

    private RuledAnswer() {}

    /** Kept for who answers. */
    static void keep(Additions additions, HttpServletRequest request) {
        if (!additions.equals(Additions.NONE)) {
            request.setAttribute(ATTRIBUTE, additions);
        } else if (request.getAttribute(ATTRIBUTE) != null) {
            // Of what led here: a page that failed, or was forwarded from.
            request.removeAttribute(ATTRIBUTE);
        }
    }

    static Additions additions(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Additions kept ? kept : Additions.NONE;
    }

    /** PHP's answer, when its own head is there. */
    static void ofPhp(HttpServletRequest request, HttpServletResponse response) {
        Additions additions = additions(request);
        if (additions.equals(Additions.NONE)) {
            return;
        }
        String type = response.getContentType();
        String completed = type == null ? null : withCharset(type, additions.charset());
        if (completed != null && !completed.equals(type)) {
            response.setHeader("Content-Type", completed);
        }
        if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST) {
            expire(additions, type, Instant.now(), response);
        }
        edit(additions, response, false);
    }

    /** A plain file, before its own head is put on: what is there already stays. */
    static void ofFile(Additions additions, Path file, HttpServletRequest request, HttpServletResponse response) {
        request.removeAttribute(PhpApplication.TYPE_ATTRIBUTE);
        if (additions.equals(Additions.NONE)) {
            return;
        }
        String known = request.getServletContext().getMimeType(String.valueOf(file.getFileName()));
        String type = additions.type() != null ? additions.type() : known;
        String completed = type == null ? null : withCharset(type, additions.charset());
        if (completed != null && !completed.equals(known)) {
            request.setAttribute(PhpApplication.TYPE_ATTRIBUTE, completed);
            if (!PhpApplication.sendsDecidedFiles(request.getServletContext())) {
                response.setHeader("Content-Type", completed);
            }
        }
        if (additions.encoding() != null) {
            response.setHeader("Content-Encoding", additions.encoding());
        }
        expire(additions, type, modified(file), response);
        edit(additions, response, false);
    }

    /** An error or a redirect of ours; the latter may be kept as long as a page. */
    static void ofRefusal(Additions additions, boolean redirect, HttpServletResponse response) {
        if (redirect) {
            expire(additions, null, Instant.now(), response);
        }
        edit(additions, response, true);
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (java.io.IOException gone) {
            return Instant.now();
        }
    }

    private static String withCharset(String type, @Nullable String charset) {
        String lower = type.toLowerCase(Locale.ROOT);
        boolean text = lower.startsWith("text/html") || lower.startsWith("text/plain");
        return charset != null && text && !lower.contains("charset=") ? type + "; charset=" + charset : type;
    }

    private static void expire(Additions additions, @Nullable String type, Instant modified, HttpServletResponse response) {
        if (additions.freshness() == null || response.containsHeader("Expires")) {
            return;
        }
        Lifetime lifetime = additions.freshness().of(type == null ? "" : type.replaceFirst("\\s*;.*", "").toLowerCase(Locale.ROOT));
        if (lifetime == null) {
            return;
        }
        Instant now = Instant.now();
        Instant expires = (lifetime.sinceChange() ? modified : now).plusSeconds(lifetime.seconds());
        response.setDateHeader("Expires", expires.toEpochMilli());
        long seconds = lifetime.sinceChange() ? Math.max(0, expires.getEpochSecond() - now.getEpochSecond()) : lifetime.seconds();
        append("Cache-Control", "max-age=" + seconds, response);
    }

    /** Those for successes first, as Apache keeps them apart: {@code onsuccess unset} must not undo {@code always set}. */
    private static void edit(Additions additions, HttpServletResponse response, boolean refusal) {
        for (HeaderEdit edit : refusal ? List.<HeaderEdit>of() : additions.headers()) {
            if (!edit.always()) {
                edit(edit, response);
            }
        }
        for (HeaderEdit edit : additions.headers()) {
            if (edit.always()) {
                edit(edit, response);
            }
        }
    }

    private static void edit(HeaderEdit edit, HttpServletResponse response) {
        String name = edit.name();
        switch (edit.action()) {
            case SET -> response.setHeader(name, edit.value());
            case SET_IF_EMPTY -> {
                if (!response.containsHeader(name)) {
                    response.setHeader(name, edit.value());
                }
            }
            case ADD -> response.addHeader(name, edit.value());
            case UNSET -> response.setHeader(name, null);
            case APPEND -> append(name, edit.value(), response);
            case EDIT -> replace(edit, response);
            case MERGE -> {
                boolean there = response.getHeaders(name).stream().flatMap(value -> Arrays.stream(value.split(",")))
                        .anyMatch(value -> value.strip().equals(edit.value()));
                if (!there) {
                    append(name, edit.value(), response);
                }
            }
        }
    }

    private static void replace(HeaderEdit edit, HttpServletResponse response) {
        List<String> before = List.copyOf(response.getHeaders(edit.name()));
        List<String> after = before.stream().map(edit::edited).toList();
        if (!after.equals(before)) {
            response.setHeader(edit.name(), after.get(0));
            after.subList(1, after.size()).forEach(value -> response.addHeader(edit.name(), value));
        }
    }

    private static void append(String name, String value, HttpServletResponse response) {
        List<String> values = new ArrayList<>(response.getHeaders(name));
        values.add(value);
        response.setHeader(name, String.join(", ", values));
    }
}
