package org.jettyphp.htaccess;

import org.jspecify.annotations.Nullable;

/**
 * What is done to a header of the answer.
 *
 * @param value empty where the action has none
 * @param always also on answers of ours that are errors or redirects
 * @param replacing what is replaced by the value; null unless the action is {@code EDIT}
 */
public record HeaderEdit(Action action, String name, String value, boolean always, @Nullable Replacing replacing) {

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
        UNSET,
        /** A part of each that is there by another text. */
        EDIT
    }

    /** What has become of one value; the same if nothing is to be replaced in it. */
    public String edited(String current) {
        return replacing == null ? current : replacing.in(current, value);
    }
}
