package org.jettyphp.launch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jettyphp.config.SettingDescription;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command line, made from the settings records, so that no setting is without its flag and no flag without its setting. */
final class ProgramSpec {

    static final String CONFIG = "--config";
    static final String SHOW_CONFIG = "--show-config";

    private ProgramSpec() {}

    static CommandSpec create() {
        CommandSpec program = CommandSpec.wrapWithoutInspection(new Object()).name("jetty-php-fpm");
        addHelp(program);
        program.usageMessage().description("PHP applications served by Jetty, through PHP-FPM.");
        CommandLine line = new CommandLine(program);
        line.addSubcommand("serve", serve());
        return line.getCommandSpec();
    }

    /** Those of {@code mixinStandardHelpOptions}, which reads them from annotations: 20 ms of a start. */
    private static void addHelp(CommandSpec spec) {
        spec.version(Version.text());
        spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help message and exit.").build());
        spec.addOption(OptionSpec.builder("-V", "--version").versionHelp(true).description("Print version information and exit.").build());
    }

    private static CommandSpec serve() {
        ServeCommand command = new ServeCommand();
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name("serve");
        command.spec = spec;
        addHelp(spec);
        spec.usageMessage().description("Serves a directory, or several, and prints their URLs; runs until it is stopped.").width(110)
                .sortOptions(false)
                .footer("", "Durations are written 500ms, 30s, 2m; sizes 64k, 1m, 2g. Every setting can also stand in the environment",
                        "(JETTY_PHP_FPM_MAX_CONNECTIONS) "
                                + "or in the file of --config (maxConnections=8); flags win over both.");
        spec.addPositional(PositionalParamSpec.builder().paramLabel("DIR").index("0").arity("0..1").type(String.class)
                .description("The application's directory. Default: documentRoot, or without --site the current directory.").build());
        spec.addOption(
                OptionSpec.builder(CONFIG).paramLabel("FILE").type(String.class).description("Properties file with settings.").build());
        spec.addOption(OptionSpec.builder(SHOW_CONFIG).type(boolean.class)
                .description("Prints every setting in force and where it comes from, and ends.").build());
        for (SettingDescription setting : ServerSettings.reader().describe()) {
            spec.addOption(option(setting));
        }
        return spec;
    }

    private static OptionSpec option(SettingDescription setting) {
        String sentence = setting.text().endsWith(".") ? setting.text() : setting.text() + ".";
        String text = (setting.text().contains("Default:") || setting.byDefault().isEmpty() ? sentence
                : sentence + " Default: " + setting.byDefault())
                .replace("%", "%%").replace("${", "$%{").replace("$%{", "$${");
        OptionSpec.Builder option = OptionSpec.builder(setting.flag()).description(text);
        if (setting.group()) {
            return option.paramLabel("NAME=VALUE").type(Map.class).auxiliaryTypes(String.class, String.class).build();
        }
        option.paramLabel(setting.type().toUpperCase(Locale.ROOT));
        return setting.type().equals("list") || setting.type().equals("lines")
                ? option.type(List.class).auxiliaryTypes(String.class).build()
                : option.type(String.class).build();
    }
}
