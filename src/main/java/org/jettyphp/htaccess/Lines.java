package org.jettyphp.htaccess;

/** Reads the directives of one kind. */
interface Lines {

    /**
     * Takes a line.
     *
     * @return false if it is of another kind
     * @throws NotUnderstoodException if it is of this kind and means nothing here
     */
    boolean take(Line line) throws NotUnderstoodException;
}
