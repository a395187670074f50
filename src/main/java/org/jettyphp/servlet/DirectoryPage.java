package org.jettyphp.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jettyphp.script.Decision;

/** Shows what is in a directory, as HTML. */
final class DirectoryPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private DirectoryPage() {}

    static void send(Decision.ListDirectory directory, HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
        if (!included && !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        byte[] page = page(directory, request.getContextPath()).getBytes(UTF_8);
        if (!included) {
            response.setContentType("text/html;charset=utf-8");
            response.setContentLength(page.length);
        }
        response.getOutputStream().write(page);
    }

    private static String page(Decision.ListDirectory directory, String contextPath) {
        StringBuilder page = new StringBuilder(String.format("""
                <!DOCTYPE html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%1$s</title>
                <style>body { font-family: system-ui, sans-serif } td { padding: .1em 1.5em .1em 0 } .number { text-align: right }</style>
                <h1>%1$s</h1>
                <table>
                """, escaped(contextPath + directory.path())));
        if (!directory.path().equals("/")) {
            page.append("<tr><td><a href=\"../\">../</a>\n");
        }
        for (Decision.Child child : directory.children()) {
            page.append("<tr><td><a href=\"").append(child.link()).append("\">").append(escaped(child.name()))
                    .append(child.directory() ? "/" : "").append("</a><td class=number>").append(child.directory() ? "" : child.size())
                    .append("<td>").append(TIME.format(child.modified())).append('\n');
        }
        return page.append("</table>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
