package org.jettyphp.acceptance;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A server that was started in one of the ways people start it. */
public interface WayOfUse extends AutoCloseable {

    /** What not every way can do. */
    enum Capability {
        /** The Content-Type of PHP arrives as PHP wrote it, white space included. */
        EXACT_CONTENT_TYPE,
        /** Paths with an encoded slash, backslash or percent sign reach the application. */
        AMBIGUOUS_PATHS,
        /** Characters that have to be encoded and are not, as browsers send them, are let through in a query. */
        RAW_QUERIES,
        /** The same in a path. */
        RAW_PATHS,
        /** "100 Continue" is said when the body is read, not when the head has come. */
        LATE_CONTINUE,
        /** Servlets of {@link JavaPages} are there. */
        JAVA_PAGES
    }

    /** Starts it. */
    interface Starter {
        WayOfUse start(Path documentRoot, Map<String, String> settings) throws Exception;
    }

    int port();

    /** Empty, or as in "/app". */
    String contextPath();

    /** Everything that was logged so far. */
    String log() throws Exception;

    Set<Capability> capabilities();
}
