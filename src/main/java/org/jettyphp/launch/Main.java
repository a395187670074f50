package org.jettyphp.launch;

import picocli.CommandLine;

/** The program: {@code java -jar jetty-php-fpm-standalone.jar serve DIR}. */
public final class Main {

    private Main() {}

    /** Exit status: 0 stopped, 1 could not start, 2 wrong usage. */
    public static void main(String[] arguments) {
        CommandLine program = new CommandLine(ProgramSpec.create());
        System.exit(program.execute(arguments));
    }
}
