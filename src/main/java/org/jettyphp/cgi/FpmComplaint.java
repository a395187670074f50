package org.jettyphp.cgi;

import org.jspecify.annotations.Nullable;

/**
 * What FPM itself, rather than the script, says on STDERR, turned into what to change. The texts are those of php-fpm 8.2
 * (sapi/fpm/fpm/fpm_main.c, main/rfc1867.c and main/SAPI.c), unchanged for years before.
 *
 * @param kind which complaint
 * @param said FPM's own words, or the name in them
 */
public record FpmComplaint(Kind kind, String said) {

    /** The complaints that have an advice. */
    public enum Kind {
        /** There is no such file in FPM's eyes, or FPM's user cannot enter a directory above it; FPM answers 404. */
        PRIMARY_SCRIPT_UNKNOWN,
        /** The file's extension is not in {@code security.limit_extensions}; FPM answers 403. */
        ACCESS_DENIED_LIMIT_EXTENSIONS,
        /** The file is there and FPM's user cannot read it (403), or it is not a regular file (404). */
        UNABLE_TO_OPEN,
        /** The body is over {@code post_max_size}; PHP runs the script with an empty {@code $_POST} and answers 200. */
        POST_TOO_LARGE,
        /** An ini value that we have sent is none that PHP knows, or lets be set; the script runs without it. */
        INI_NOT_SET
    }

    /**
     * What was sent, for the advice.
     *
     * @param scriptFilename as FPM got it
     * @param documentRoot the directory in which we looked for the file
     * @param scriptRoot the same directory as FPM sees it
     */
    public record Sent(String scriptFilename, String documentRoot, String scriptRoot) {}

    private static final String UNKNOWN = "Primary script unknown";
    private static final String DENIED = "Access to the script '";
    private static final String DENIED_END = "has been denied (see security.limit_extensions)";
    private static final String UNABLE = "Unable to open primary script: ";
    private static final String STARTUP = "PHP message: PHP Warning:  PHP Request Startup: ";
    private static final String INI = "Passing INI directive through FastCGI: unable to set '";
    private static final String POST = "POST Content-Length of ";
    private static final String POST_MIDDLE = " bytes exceeds the limit of ";

    /**
     * Looks for a complaint in STDERR text. The first three are said instead of running a script: they stand at the start, or follow a
     * warning of PHP's request startup (log_errors on: "Failed to open stream"; a body over {@code post_max_size}) or an ini value that is
     * not set, so that a script does not pass for FPM by logging such words. A body too large is one of PHP's messages, among others perhaps.
     *
     * @param stderr the text of one exchange from its beginning
     * @return null: none
     */
    public static @Nullable FpmComplaint in(String stderr) {
        String own = ownWords(stderr);
        if (own.startsWith(UNKNOWN)) {
            return new FpmComplaint(Kind.PRIMARY_SCRIPT_UNKNOWN, own);
        }
        if (own.startsWith(DENIED) && own.contains(DENIED_END)) {
            return new FpmComplaint(Kind.ACCESS_DENIED_LIMIT_EXTENSIONS, own);
        }
        if (own.startsWith(UNABLE)) {
            return new FpmComplaint(Kind.UNABLE_TO_OPEN, own);
        }
        int quote = stderr.startsWith(INI) ? stderr.indexOf('\'', INI.length()) : -1;
        if (quote > 0) {
            return new FpmComplaint(Kind.INI_NOT_SET, stderr.substring(INI.length(), quote));
        }
        int start = stderr.indexOf(POST);
        int middle = stderr.indexOf(POST_MIDDLE, Math.max(start, 0));
        int end = middle < 0 ? -1 : stderr.indexOf(" bytes", middle + POST_MIDDLE.length());
        if (start < 0 || end < 0) {
            return null;
        }
        return new FpmComplaint(Kind.POST_TOO_LARGE, stderr.substring(start, end + " bytes".length()));
    }

    private static String ownWords(String stderr) {
        if (stderr.startsWith(STARTUP) || stderr.startsWith(INI)) {
            for (String words : new String[] {UNKNOWN, DENIED, UNABLE}) {
                int at = stderr.indexOf("; " + words);
                if (at >= 0) {
                    return stderr.substring(at + "; ".length());
                }
            }
        }
        return stderr;
    }

    /** One or two sentences for the log: what happened and what to change. */
    public String advice(Sent sent) {
        return switch (kind) {
            case PRIMARY_SCRIPT_UNKNOWN -> "PHP-FPM finds no file " + sent.scriptFilename + " (SCRIPT_FILENAME). We look for files in "
                    + "documentRoot " + sent.documentRoot + ", PHP-FPM in scriptRoot " + sent.scriptRoot
                    + ": if PHP-FPM runs in a container "
                    + "or chroot, set scriptRoot to the path there; else see that the user of its pool may enter every directory above the file.";
            case ACCESS_DENIED_LIMIT_EXTENSIONS -> "PHP-FPM refuses to run " + sent.scriptFilename + " because of its extension: add the "
                    + "extension to security.limit_extensions in the pool's configuration, or take it out of scriptExtensions here.";
            case UNABLE_TO_OPEN -> "PHP-FPM cannot open " + sent.scriptFilename + ": it has to be a regular file that the user of the pool "
                    + "may read (chmod o+r, or a group that both share). It says: " + said;
            case POST_TOO_LARGE -> "PHP ran " + sent.scriptFilename + " with an empty $_POST and $_FILES: " + said
                    + " (CONTENT_LENGTH over "
                    + "post_max_size). Raise post_max_size and upload_max_filesize to maxRequestBody, or lower maxRequestBody, so that such "
                    + "requests get 413.";
            case INI_NOT_SET ->
                "PHP ran " + sent.scriptFilename + " without the ini value " + said + ": it knows no such name, refuses the "
                        + "value, or takes it from php.ini only. Correct ini." + said + " or adminIni." + said + ", whichever sets it.";
        };
    }
}
