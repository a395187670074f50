package org.jettyphp.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jettyphp.peers.Trees;

/** The repository's {@code jetty-base} in a Jetty distribution, as it is but for its port and for {@code http2c}. */
final class JettyBase {

    private JettyBase() {}

    /**
     * @param settings properties of the module
     * @param modules of Jetty, beside it
     */
    static WayOfUse start(Path documentRoot, Map<String, String> settings, String... modules) throws Exception {
        Path base = Trees.create();
        Trees.copy(Path.of("jetty-base"), base.resolve("base"));
        Path own = base.resolve("base");
        List<String> ini = new ArrayList<>(List.of("--modules=php-fpm,http2c", "php.documentRoot=" + documentRoot));
        settings.forEach((name, value) -> ini.add("php." + name.replaceFirst("\\..*", "") + "="
                + (name.contains(".") ? name.replaceFirst("[^.]*\\.", "") + "=" : "") + value));
        Files.write(own.resolve("start.d/php-fpm.ini"), merged(ini));
        for (String module : modules) {
            Files.writeString(own.resolve("start.d/" + module + ".ini"), "--modules=" + module + "\n");
        }
        Path http = own.resolve("start.d/http.ini");
        Files.writeString(http, Files.readString(http).replace("jetty.http.port=8080", "jetty.http.port=0"));
        List<String> command = List.of(ServerProcess.java(), "-jar", System.getProperty("jetty.home") + "/start.jar", "jetty.base=" + own);
        return ServerProcess.start(
                new ServerProcess.Plan(base, command, Map.of(), JettyDistribution.READY, "",
                        Set.of(WayOfUse.Capability.AMBIGUOUS_PATHS, WayOfUse.Capability.RAW_QUERIES, WayOfUse.Capability.LATE_CONTINUE)));
    }

    /** Entries of one group are one property. */
    private static List<String> merged(List<String> lines) {
        List<String> merged = new ArrayList<>(lines);
        for (String group : List.of("php.param=", "php.errorPage=")) {
            String entries = lines.stream().filter(line -> line.startsWith(group)).map(line -> line.substring(group.length()))
                    .collect(Collectors.joining(";"));
            merged.removeIf(line -> line.startsWith(group));
            merged.add(group + entries);
        }
        return merged;
    }
}
