package org.jettyphp.launch;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The program: {@code java -jar jetty-php-fpm-standalone.jar serve DIR}. */
public final class Main {

    private Main() {}

    /** Exit status: 0 stopped, 1 could not start, 2 wrong usage. */
    public static void main(String[] arguments) {
        HeadStart.begin();
        System.exit(program().execute(arguments));
    }

    static CommandLine program() {
        return new CommandLine(ProgramSpec.create()).setParameterExceptionHandler(Main::refuse);
    }

    /** The reason alone, and the flags there are: below the whole help nobody would find it. */
    private static int refuse(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        CommandSpec spec = command.getCommandSpec();
        if (!command.getSubcommands().isEmpty()) {
            err.println("Commands: " + String.join(", ", command.getSubcommands().keySet()));
        }
        err.println("Flags: " + spec.options().stream().map(OptionSpec::longestName).sorted().collect(Collectors.joining(", ")));
        err.println("What they mean: " + spec.qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }
}
