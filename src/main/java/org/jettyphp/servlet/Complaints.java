package org.jettyphp.servlet;

import org.jettyphp.buffer.SpoolSettings;
import org.jettyphp.cgi.FpmComplaint;
import org.jettyphp.script.ScriptSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what PHP writes to its error stream, and adds what to change where PHP-FPM itself complains. */
record Complaints(ScriptSettings scripts, SpoolSettings spool) {

    private static final Logger LOG = LoggerFactory.getLogger("org.jettyphp.stderr");

    void log(RequestLine line, String text) {
        FpmComplaint complaint = FpmComplaint.in(text);
        LOG.warn("{}: {}{}", line, text, complaint == null ? "" : " -> " + advice(complaint, line));
    }

    private String advice(FpmComplaint complaint, RequestLine line) {
        return switch (complaint) {
            case PRIMARY_SCRIPT_UNKNOWN -> "PHP-FPM does not find SCRIPT_FILENAME " + line.script() + ": documentRoot is " + scripts.documentRoot()
                    + " here, scriptRoot " + scripts.scriptRoot() + " there; in a container of its own PHP-FPM may see the files elsewhere (set scriptRoot), "
                    + "or its user may not enter a directory on the way";
            case ACCESS_DENIED_LIMIT_EXTENSIONS -> "add the extension to security.limit_extensions of the PHP-FPM pool, or take it out of scriptExtensions";
            case UNABLE_TO_OPEN -> "PHP-FPM's user cannot read " + line.script() + "; give it read permission on the file and x on every directory above";
            case POST_TOO_LARGE -> "PHP ran with an empty $_POST; raise post_max_size in PHP, or lower maxRequestBody (" + spool.maxRequestBody()
                    + " bytes) so that the client gets 413";
        };
    }
}
