package org.jettyphp.launch;

import picocli.CommandLine;

/** The program: {@code java -jar jetty-php-fpm-standalone.jar serve DIR}. */
public final class Main {

    /** Jetty's switch for "as set": without it {@code text/html; charset=UTF-8} is rewritten to {@code text/html;charset=utf-8}. */
    static final String SEND_TYPES_AS_SET = "org.eclipse.jetty.http.HttpGenerator.STRICT";

    private Main() {}

    /** Exit status: 0 stopped, 1 could not start, 2 wrong usage. */
    public static void main(String[] arguments) {
        System.setProperty(SEND_TYPES_AS_SET, "true");
        CommandLine program = new CommandLine(ProgramSpec.create());
        System.exit(program.execute(arguments));
    }
}
