package org.jettyphp.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** Records as the parts of the server declare them, with a component of each type. */
final class SampleSettings {

    private SampleSettings() {}

    enum Place {
        MEMORY, LOCAL_DISK
    }

    record Pool(
            @Setting(byDefault = "32", text = "Connections at most.") int maxConnections,
            @Setting(byDefault = "30s", text = "Longest wait in the queue.") Duration queueTimeout,
            @Setting(byDefault = "60s", text = "Longest silence of FPM.") Duration responseTimeout,
            @Setting(byDefault = "256k", text = "Longest head of an answer.") long maxResponseHeader,
            @Setting(text = "Workers of a private FPM.") @Nullable Integer workers,
            @Setting(text = "Where FPM listens.") @Nullable String target) {

        Pool {
            if (maxConnections < 1) {
                throw new IllegalArgumentException("maxConnections is at least 1");
            }
            if (workers != null && workers > maxConnections) {
                throw new IllegalArgumentException("workers must not be more than maxConnections");
            }
        }
    }

    record Script(
            @Setting(text = "Our document root.") @Nullable Path documentRoot,
            @Setting(text = "The same as FPM sees it.") @Nullable Path scriptRoot,
            @Setting(byDefault = "php", text = "Endings of scripts.") List<String> scriptExtensions,
            @Setting(byDefault = "index.php index.html", text = "Names in a directory.") List<String> index,
            @Setting(text = "Front controller.") @Nullable String fallback,
            @Setting(byDefault = "true", text = "Whether the script must exist here.") boolean checkFile,
            @Setting(byDefault = "memory", text = "Where bodies are spooled.") Place spoolPlace) {}

    record Cgi(
            @Setting(text = "Parameters for PHP.") Map<String, String> param,
            @Setting(text = "Values of php.ini.") Map<String, String> ini,
            @Setting(text = "Values of php.ini that PHP cannot change.") Map<String, String> adminIni) {

        Cgi {
            ini.forEach((name, value) -> {
                if (name.equals("error_log")) {
                    throw new IllegalArgumentException("ini.error_log is ours");
                }
            });
        }
    }

    static SettingsReader reader() {
        return new SettingsReader(List.of(Pool.class, Script.class, Cgi.class));
    }
}
