package org.jettyphp.upstream;

import java.time.Duration;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** Where PHP-FPM is, and how long it may take. */
public record UpstreamSettings(
        @Setting(text = "Where PHP-FPM listens: 127.0.0.1:9000, [::1]:9000, 9000, /run/php/php8.2-fpm.sock, unix:/path, fcgi://host:9000, "
                + "proxy:unix:/path|fcgi://localhost/; 'private' starts one of our own. Default: the main class starts a private one, a web application must say")
        @Nullable String target,
        @Setting(byDefault = "5s", text = "How long connecting to PHP-FPM may take. 0: without limit")
        Duration connectTimeout,
        @Setting(byDefault = "60s", text = "How long PHP may be silent: until the first byte of its answer and between two bytes; then 504. 0: without limit")
        Duration responseTimeout) {

    /** The target that means: start a php-fpm of our own. */
    public static final String PRIVATE = "private";

    public UpstreamSettings {
        if (connectTimeout.isNegative()) {
            throw new IllegalArgumentException("connectTimeout is negative");
        }
        if (responseTimeout.isNegative()) {
            throw new IllegalArgumentException("responseTimeout is negative");
        }
    }
}
