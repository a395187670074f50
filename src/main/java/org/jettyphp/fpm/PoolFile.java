package org.jettyphp.fpm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configuration of the private pools. */
record PoolFile(Workers workers, FpmDirectories directories, PoolRequest request) {

    static final String PING = "/jetty-php-fpm-ping";
    static final String PONG = "pong ";
    static final String STATUS = "/jetty-php-fpm-status";
    /** Limits that we set as an administrator does, so that PHP lets nobody else set them. */
    static final Set<String> BODY_LIMITS = Set.of("post_max_size", "upload_max_filesize");
    private static final int BACKLOG = 511;
    private static final int IDLE_SECONDS = 10;

    /**
     * @param ini values of the user, which reach PHP by another way, so that none must be here
     * @param application values of the application, plain enough for quotes
     * @param further pools beside the main one
     * @param generation what a ping is answered with, so that one can tell who answers
     */
    String text(Map<String, String> ini, Map<String, String> application, List<FurtherPool> further, int generation) {
        StringBuilder text = new StringBuilder();
        line(text, "[global]");
        // Debian's log is a file; here everything comes out of our own log.
        line(text, "error_log = " + (Files.exists(Path.of("/proc/self/fd/2")) ? "/proc/self/fd/2" : "/dev/stderr"));
        line(text, "daemonize = no");
        // Without it the master ends at once and leaves its workers to be killed.
        line(text, "process_control_timeout = " + Math.max(1, request.stopTimeout().toSeconds()) + "s");
        // For supervise.sh, where a script stands around php-fpm.
        line(text, "pid = " + directories.run().resolve("fpm.pid"));
        line(text, "[" + request.name() + "]");
        line(text, "listen = " + directories.socket());
        manager(text);
        common(text, generation);
        values(text, ini, application);
        for (FurtherPool pool : further) {
            line(text, "[" + request.name() + "-ini" + pool.number() + "]");
            line(text, "listen = " + pool.socket());
            onDemand(text);
            common(text, generation);
            Map<String, String> stronger = new LinkedHashMap<>(application);
            stronger.putAll(pool.values());
            values(text, ini, stronger);
        }
        return text.toString();
    }

    private void common(StringBuilder text, int generation) {
        line(text, "listen.backlog = " + BACKLOG);
        line(text, "listen.mode = 0600");
        WorkerUser user = directories.user();
        if (user.isOther() || user.isRoot()) {
            line(text, "user = " + user.workers());
        }
        line(text, "ping.path = " + PING);
        line(text, "ping.response = " + pong(generation));
        line(text, "clear_env = no");
        line(text, "catch_workers_output = yes");
        line(text, "decorate_workers_output = no");
        line(text, "security.limit_extensions = "
                + String.join(" ", request.extensions().stream().map(extension -> "." + extension).toList()));
    }

    private void values(StringBuilder text, Map<String, String> ini, Map<String, String> application) {
        BODY_LIMITS.stream().sorted().filter(name -> ini.containsKey(name) || !application.containsKey(name))
                .forEach(name -> line(text, "php_admin_value[" + name + "] = " + request.largestBody()));
        values(ini, application).forEach((name, value) -> line(text, "php_value[" + name + "] = \"" + value + "\""));
    }

    static String pong(int generation) {
        return PONG + generation;
    }

    /** Workers only while they are needed: who asks for ini values of one's own most often asks seldom. */
    private void onDemand(StringBuilder text) {
        line(text, "pm = ondemand");
        line(text, "pm.max_children = " + workers.most());
        line(text, "pm.process_idle_timeout = " + IDLE_SECONDS + "s");
    }

    private void manager(StringBuilder text) {
        line(text, "pm.max_children = " + workers.most());
        if (!workers.grow()) {
            line(text, "pm = static");
            return;
        }
        line(text, "pm = dynamic");
        line(text, "pm.start_servers = " + workers.least());
        // Busy workers are made up for by idle ones, before a request has to wait for that.
        line(text, "pm.min_spare_servers = " + workers.least());
        line(text, "pm.max_spare_servers = " + Math.min(workers.most(), 2 * workers.least()));
        line(text, "pm.status_path = " + STATUS);
        line(text, "pm.status_listen = " + directories.statusSocket());
    }

    private Map<String, String> values(Map<String, String> ini, Map<String, String> application) {
        Map<String, String> values = new LinkedHashMap<>();
        // Debian cleans its own session directory by a cron job and has switched PHP's cleaning off; nobody else cleans ours.
        values.put("session.save_path", directories.sessions().toString());
        values.put("session.gc_probability", "1");
        values.put("upload_tmp_dir", directories.uploads().toString());
        // An edited script shows with the next request.
        values.put("opcache.revalidate_freq", "0");
        values.putAll(application);
        ini.keySet().forEach(values::remove);
        return values;
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
