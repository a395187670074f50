package org.jettyphp.launch;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jettyphp.config.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

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
        CommandSpec spec = command.getCommandSpec();
        err.println(reason(wrong, spec));
        if (!command.getSubcommands().isEmpty()) {
            err.println("Commands: " + String.join(", ", command.getSubcommands().keySet()));
        }
        err.println("Flags: " + spec.options().stream().map(OptionSpec::longestName).sorted().collect(Collectors.joining(", ")));
        err.println("What they mean: " + spec.qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static String reason(CommandLine.ParameterException wrong, CommandSpec spec) {
        String first = wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getUnmatched().get(0) : "";
        if (!first.startsWith("--")) {
            return String.valueOf(wrong.getMessage());
        }
        // What follows a flag that there is not is its value, and no flag that there is not either.
        String flag = first.replaceFirst("=.*", "");
        List<String> names = spec.options().stream().map(option -> option.longestName().substring(2)).toList();
        List<String> near = Suggestion.nearest(flag.substring(2), names);
        return "there is no flag " + flag + (near.isEmpty() ? "" : "; did you mean --" + String.join(" or --", near) + "?");
    }
}
