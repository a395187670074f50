package org.jettyphp.acceptance;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A document root in containers as they are distributed, without a context path, for suites of other packages. */
public final class Distributions {

    private Distributions() {}

    public static WayOfUse warInJetty(Path documentRoot, Map<String, String> settings) throws Exception {
        return JettyDistribution.start(JettyDistribution.ROOT, directory -> WebApplication.byFragment(documentRoot, directory, settings),
                Set.of());
    }

    public static WayOfUse warInTomcat(Path documentRoot, Map<String, String> settings) throws Exception {
        return TomcatDistribution.start(JettyDistribution.ROOT, directory -> WebApplication.byFragment(documentRoot, directory, settings),
                Set.of());
    }

    public static WayOfUse jettyBase(Path documentRoot, Map<String, String> settings) throws Exception {
        return JettyBase.start(documentRoot, settings);
    }
}
