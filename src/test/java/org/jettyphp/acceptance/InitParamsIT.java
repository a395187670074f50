package org.jettyphp.acceptance;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Filter and servlet declared in web.xml, settings as init-params, in a Jetty distribution. */
class InitParamsIT extends AcceptanceSuite {

    @Override
    WayOfUse start(Path documentRoot, Map<String, String> settings) throws Exception {
        return JettyDistribution.start(directory -> WebApplication.byInitParams(documentRoot, directory, settings),
                Set.of(WayOfUse.Capability.JAVA_PAGES, WayOfUse.Capability.RAW_QUERIES, WayOfUse.Capability.LATE_CONTINUE));
    }
}
