package org.jettyphp.htaccess;

import org.jspecify.annotations.Nullable;

/** What the rules make of a URL. Reasons are for the log only. */
public sealed interface Outcome {

    /**
     * It stays where it is.
     *
     * @param query the query from now on; null: none
     */
    record Stays(@Nullable String query) implements Outcome {}

    /**
     * Another path takes its place, and is to be looked up from the beginning.
     *
     * @param path decoded, with the context path
     * @param query null: none
     */
    record Rewritten(String path, @Nullable String query) implements Outcome {}

    /**
     * The client is sent elsewhere.
     *
     * @param location for the header: a whole URL, or a path of this server
     */
    record Moved(int status, String location) implements Outcome {}

    /** It is not to be had: 403, 404, 410 or another status from 400 on; or from 200 to 299, which is all that there is to have. */
    record Refused(int status, String reason) implements Outcome {}
}
