package org.jettyphp.htaccess;

/**
 * What is done to a header of the answer.
 *
 * @param value empty where the action has none
 * @param always also on answers of ours that are errors or redirects
 */
public record HeaderEdit(Action action, String name, String value, boolean always) {

    /** As mod_headers names them. */
    public enum Action {
        /** In place of what is there. */
        SET,
        /** If there is none. */
        SET_IF_EMPTY,
        /** Behind what is there, with a comma. */
        APPEND,
        /** As a header of its own. */
        ADD,
        /** Behind what is there, with a comma, unless it is among it. */
        MERGE,
        /** Away with it. */
        UNSET
    }
}
