package org.jettyphp.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.jettyphp.script.ContextPath;
import org.jettyphp.script.Decision;
import org.jettyphp.script.Resolution;
import org.jettyphp.script.ScriptResolver;

/**
 * What the application's own rules or the settings want shown for an error.
 *
 * @param value a path, a URL or a text
 */
record ErrorDocument(int status, String value) {

    boolean isUrl() {
        return value.matches("[A-Za-z][A-Za-z0-9+.-]*://.*");
    }

    boolean isText() {
        return !value.startsWith("/") && !isUrl();
    }

    /** What its path means. */
    Resolution resolution(ScriptResolver resolver, HttpServletRequest request) {
        String path = value.indexOf('?') < 0 ? value : value.substring(0, value.indexOf('?'));
        return resolver.resolve(ContextPath.of(request.getContextPath()).below(path), query(), new ServletFacts(request));
    }

    /** Its own, and not that of what failed. */
    String query() {
        int mark = value.indexOf('?');
        return mark < 0 ? "" : value.substring(mark + 1);
    }

    void sendText(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        byte[] text = value.getBytes(UTF_8);
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }

    void sendFile(Decision.ServeFile file, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        String type = request.getServletContext().getMimeType(String.valueOf(file.file().getFileName()));
        response.setContentType(type == null ? "text/html" : type);
        response.setContentLengthLong(Files.size(file.file()));
        Files.copy(file.file(), response.getOutputStream());
    }
}
