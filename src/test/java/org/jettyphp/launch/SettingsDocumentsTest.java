package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jettyphp.config.SettingDescription;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.servlet.PhpApplication;
import org.junit.jupiter.api.Test;

/**
 * Everything that lists the settings is made from their declarations. After a change of a declaration: {@code ./mvnw test
 * -Dtest=SettingsDocumentsTest -Dsettings.write=true}.
 */
class SettingsDocumentsTest {

    private static final Path BASE = Path.of("jetty-base");
    private static final List<SettingDescription> ALL = ServerSettings.reader().describe();

    /** The module serves a context of somebody else's server. */
    private static final List<SettingDescription> OF_THE_MODULE = ALL.stream()
            .filter(setting -> !List
                    .of("site", "host", "port", "accessLog", "healthPath", "stopDelay", "proxyProtocol", "compression", "threads")
                    .contains(setting.name()))
            .filter(setting -> !new SettingsReader(List.of(LimitSettings.class)).describe().contains(setting)).toList();

    private static void check(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(file, expected);
        }
        assertEquals(expected, Files.readString(file), file + " is not what the declarations say");
    }

    @Test
    void theTableOfSettingsIsMadeFromTheirDeclarations() throws IOException {
        String rows = ALL.stream().map(SettingsDocumentsTest::row).collect(Collectors.joining());
        check(Path.of("src/site/markdown/settings.md"), """
                # Settings

                Every way of use reads the same settings. Precedence: [a site's own](sites.md) > flag > environment > `--config` file > init-param > context-param > [preset](applications.md) > default.
                An unknown name or a bad value is refused at start, with the list of valid ones.

                | where | spelling |
                |---|---|
                | init-param, `--config` file, `PhpServerBuilder.set` | `maxConnections`, `ini.memory_limit` |
                | context-param | `php.maxConnections`, `php.ini.memory_limit` |
                | flag | `--max-connections 8`, `--ini memory_limit=1g` |
                | environment | `JETTY_PHP_FPM_MAX_CONNECTIONS=8`, `JETTY_PHP_FPM_INI="memory_limit=1g;display_errors=0"` |
                | Jetty module | `php.maxConnections=8`, `php.ini=memory_limit=1g;display_errors=0` |

                Durations are written `500ms`, `30s`, `2m`, `1h`; sizes `65536`, `64k`, `1m`, `2g`; lists with spaces or commas.
                `site`, `host`, `port`, `accessLog`, `healthPath`, `stopDelay`, `proxyProtocol`, `compression`, `threads` and those from `maxUri` to `http2ControlFrames` are the main
                class's and the library's only, `contextPath`, `preset` and `trustedProxies` the module's too; a web application has none of these. All limits on clients, and what they get: [limits](limits.md).

                ↻: can be changed without a restart, in the file of `--config` (read anew when it has changed and on SIGHUP), `target`, `maxConnections` and
                the timeouts of queue and PHP-FPM also [through JMX](upstreams.md). What else has changed in the file is named in the log as waiting for a restart.
                Several applications in one server, each with settings of its own: [sites](sites.md).

                | setting | value | default | meaning |
                |---|---|---|---|
                """ + rows);
    }

    private static String row(SettingDescription setting) {
        String name = setting.group() ? setting.name() + ".NAME" : setting.name();
        String byDefault = setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`";
        String mark = PhpApplication.reloads(setting.name()) ? " ↻" : "";
        return "| `" + name + "`" + mark + " | " + (setting.group() ? "text" : setting.type().replace("|", " or ")) + " | " + byDefault
                + " | "
                + setting.text().replace("|", "\\|")
                + " |\n";
    }

    @Test
    void theModuleOffersEverySetting() throws IOException {
        check(BASE.resolve("modules/php-fpm.mod"), """
                # PHP through PHP-FPM, for Jetty 12.1.

                [description]
                PHP through PHP-FPM: one context with its own document root, and the library
                (org.jettyphp.servlet.PhpFilter, PhpServlet) on the path of every ee11 web application.

                [tags]
                php
                fastcgi

                [environment]
                ee11

                [depend]
                server
                ee11-webapp

                [files]
                lib/php-fpm/

                [lib]
                lib/php-fpm/*.jar

                [xml]
                etc/jetty-php-fpm.xml

                [ini-template]
                """ + ini());
    }

    @Test
    void theBaseThatIsReadyToStartOffersEverySetting() throws IOException {
        check(BASE.resolve("start.d/php-fpm.ini"), """
                # Serves the example beside this directory with a php-fpm of its own.
                --modules=php-fpm
                php.documentRoot=../webapp-example
                php.target=private

                """ + ini());
    }

    private static String ini() {
        return OF_THE_MODULE.stream().map(setting -> "## " + setting.text().replace("\n", " ") + "\n# php." + setting.name() + "="
                + (setting.group() ? "NAME=value;NAME=value" : setting.byDefault()) + "\n").collect(Collectors.joining("\n"));
    }

    @Test
    void theModulesXmlHandsEverySettingOn() throws IOException {
        String entries = OF_THE_MODULE.stream()
                .map(setting -> "        <Entry><Item>" + setting.name() + "</Item><Item><Property name=\"php." + setting.name()
                        + "\"/></Item></Entry>\n")
                .collect(Collectors.joining());
        check(BASE.resolve("etc/jetty-php-fpm.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
                <!-- One context for php.documentRoot; see start.d/php-fpm.ini for the settings. -->
                <Configure id="Server" class="org.eclipse.jetty.server.Server">
                  <Call class="org.jettyphp.launch.JettyModule" name="addTo">
                    <Arg><Ref refid="Server"/></Arg>
                    <Arg><Property name="jetty.base"/></Arg>
                    <Arg>
                      <Map>
                """ + entries + """
                      </Map>
                    </Arg>
                  </Call>
                </Configure>
                """);
    }
}
