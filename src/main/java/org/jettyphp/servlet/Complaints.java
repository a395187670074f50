package org.jettyphp.servlet;

import java.nio.file.Path;
import org.jettyphp.cgi.FpmComplaint;
import org.jettyphp.script.ScriptSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what PHP writes to its error stream, and adds what to change where PHP-FPM itself complains. */
record Complaints(ScriptSettings scripts) {

    private static final Logger LOG = LoggerFactory.getLogger("org.jettyphp.stderr");

    void log(RequestLine line, String text) {
        FpmComplaint complaint = FpmComplaint.in(text);
        LOG.warn("{}: {}{}", line, text, complaint == null ? "" : " -> " + advice(complaint, line));
    }

    private String advice(FpmComplaint complaint, RequestLine line) {
        Path root = scripts.documentRoot();
        String here = root == null ? "(not set)" : root.toAbsolutePath().normalize().toString();
        return complaint
                .advice(new FpmComplaint.Sent(line.script(), here, scripts.scriptRoot() == null ? here : scripts.scriptRoot().toString()));
    }
}
