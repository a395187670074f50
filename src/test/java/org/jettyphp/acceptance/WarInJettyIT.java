package org.jettyphp.acceptance;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The jar in WEB-INF/lib, settings as context-params, in a Jetty distribution. */
class WarInJettyIT extends AcceptanceSuite {

    @Override
    WayOfUse start(Path documentRoot, Map<String, String> settings) throws Exception {
        return JettyDistribution.start(directory -> WebApplication.byFragment(documentRoot, directory, settings),
                Set.of(WayOfUse.Capability.JAVA_PAGES, WayOfUse.Capability.RAW_QUERIES, WayOfUse.Capability.LATE_CONTINUE));
    }
}
