package org.jettyphp.launch;

import java.nio.file.Path;
import java.util.Objects;
import org.jettyphp.config.Settings;
import org.jettyphp.script.ScriptSettings;
import org.jspecify.annotations.Nullable;

/**
 * An application of a server, and which requests it is for.
 *
 * @param file its own settings file; null if it has none
 */
record Site(SiteKey key, Application application, @Nullable Path file) {

    Settings settings() {
        return application.settings();
    }

    Path documentRoot() {
        return Objects.requireNonNull(settings().get(ScriptSettings.class).documentRoot());
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
