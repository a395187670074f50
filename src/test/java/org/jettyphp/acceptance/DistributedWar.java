package org.jettyphp.acceptance;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A document root as the root application of a container, for suites of other packages. */
public final class DistributedWar {

    private DistributedWar() {}

    public static WayOfUse inJetty(Path documentRoot, Map<String, String> settings) throws Exception {
        return JettyDistribution.start(JettyDistribution.ROOT, directory -> WebApplication.byFragment(documentRoot, directory, settings),
                Set.of());
    }

    public static WayOfUse inTomcat(Path documentRoot, Map<String, String> settings) throws Exception {
        return TomcatDistribution.start(JettyDistribution.ROOT, directory -> WebApplication.byFragment(documentRoot, directory, settings),
                Set.of());
    }
}
