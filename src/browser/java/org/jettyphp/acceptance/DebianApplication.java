package org.jettyphp.acceptance;

import java.nio.file.Path;
import java.util.List;

/** An application of Debian's packages: how it is set up, and what somebody does with it in a browser, whatever serves it. */
interface DebianApplication {

    /** What is in a title, and in a URL made of it. */
    List<String> TITLES = List.of("AC/DC", "What?", "100%", "C++", "Q&A", ".NET", "Notes.log", "Größe", "A/B?C%D+E&F");

    String PASSWORD = "a pass phrase 42";

    /** The name of its preset. */
    String preset();

    /** The document root, seen from its directory; empty if they are the same. */
    default String publicPart() {
        return "";
    }

    /** Makes it ready to be served, as the documentation says, and returns its directory. */
    Path setUp(Workplace place) throws Exception;

    /** From the first page to the last; what it expects in vain it throws. */
    void use(Visit visit) throws Exception;

    /** Errors in the console that are the application's own and stay. */
    default List<String> itsOwnErrors() {
        return List.of();
    }
}
