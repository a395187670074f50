package org.jettyphp.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jettyphp.peers.Trees;

/** {@code java -jar jetty-php-fpm-standalone.jar serve DIR}, settings as flags. */
class MainClassIT extends AcceptanceSuite {

    static final Pattern READY = Pattern.compile("Serving .* on http://localhost:(\\d+)/");

    @Override
    WayOfUse start(Path documentRoot, Map<String, String> settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(ServerProcess.java(), "-jar", System.getProperty("standalone.jar"), "serve",
                documentRoot.toString(), "--port", "0"));
        settings.forEach((name, value) -> command.addAll(flag(name, value)));
        return ServerProcess.start(new ServerProcess.Plan(Trees.create(), command, Map.of(), READY, "",
                EnumSet.of(WayOfUse.Capability.EXACT_CONTENT_TYPE, WayOfUse.Capability.AMBIGUOUS_PATHS,
                        WayOfUse.Capability.RAW_QUERIES, WayOfUse.Capability.RAW_PATHS, WayOfUse.Capability.LATE_CONTINUE)));
    }

    private static List<String> flag(String name, String value) {
        int dot = name.indexOf('.');
        String kebab = (dot < 0 ? name : name.substring(0, dot)).replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
        return List.of("--" + kebab, dot < 0 ? value : name.substring(dot + 1) + "=" + value);
    }
}
