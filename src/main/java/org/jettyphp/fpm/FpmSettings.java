package org.jettyphp.fpm;

import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** The private php-fpm. */
public record FpmSettings(
        @Setting(text = "The php-fpm binary, by name or path. Default: php-fpm, or the newest php-fpm8.x, on PATH or in the usual sbin directories")
        @Nullable String phpFpm,
        @Setting(text = "Number of PHP workers of a private php-fpm, which is also its maxConnections. As in 2..16 it begins with 2, starts more when they "
                + "are busy, up to 16, and ends them when they are idle. Default: four for each core as memory allows, at least 4 and at most 64")
        @Nullable String workers,
        @Setting(text = "User the workers of a private php-fpm run as; only root can choose. Default: this process's own; for root the owner of the document root, or www-data if that is root")
        @Nullable String user) {

    private static final int LEAST = 4;
    private static final int PER_CORE = 4;
    private static final int MOST_BY_DEFAULT = 64;
    /** What a worker of a grown application takes: WordPress and MediaWiki were seen at 40 to 60 MiB. */
    private static final long BYTES_PER_WORKER = 64L << 20;

    public FpmSettings {
        if (workers != null) {
            Workers.of(workers);
        }
    }

    /** The number of workers on a machine: as set, or as many as suit it. */
    public Workers workersOn(Machine machine) {
        if (workers != null) {
            return Workers.of(workers);
        }
        long byMemory = machine.memory() / 2 / BYTES_PER_WORKER;
        return Workers.always((int) Math.max(LEAST, Math.min(Math.min((long) machine.cores() * PER_CORE, byMemory), MOST_BY_DEFAULT)));
    }
}
