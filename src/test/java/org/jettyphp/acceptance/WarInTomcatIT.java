package org.jettyphp.acceptance;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The jar in WEB-INF/lib, settings as context-params, in a Tomcat distribution. */
class WarInTomcatIT extends AcceptanceSuite {

    @Override
    WayOfUse start(Path documentRoot, Map<String, String> settings) throws Exception {
        return TomcatDistribution.start(directory -> WebApplication.byFragment(documentRoot, directory, settings),
                Set.of(WayOfUse.Capability.JAVA_PAGES));
    }
}
