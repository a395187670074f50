package org.jettyphp.acceptance;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;

/**
 * Somebody who uses an application.
 *
 * @param picture a file with an odd name, 320 pixels wide
 * @param name of its screenshot
 */
record Visit(Browser browser, int port, Path picture, String name) {

    void screenshot() throws IOException {
        browser.screenshot(name);
    }

    /** Asked by a program, so that the console has nothing of it. */
    Reply ask(String path, String... headers) throws IOException {
        return RawHttp.get(port, path, headers);
    }

    Reply send(String method, String path, String body, String... headers) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(method, path, body, headers).read();
        }
    }

    /** As one segment of a path, or in a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** How wide a picture is that has been loaded; 0 if it could not be. */
    long width(String picture) {
        browser.await(page -> browser.all(picture).size() > 0);
        browser.run("document.querySelector(arguments[0]).scrollIntoView({behavior: 'instant'})", picture);
        browser.await(page -> browser.run("return document.querySelector(arguments[0]).complete", picture) == Boolean.TRUE);
        return browser.number("document.querySelector('" + picture + "').naturalWidth");
    }
}
