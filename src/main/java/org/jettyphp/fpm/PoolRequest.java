package org.jettyphp.fpm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a private pool must know of the application.
 *
 * @param name of the pool; what a section of the file cannot have in its name is replaced
 * @param extensions security.limit_extensions, without dots
 * @param largestBody bytes of post_max_size and upload_max_filesize; 0: no limit
 * @param ini values given by the user, which win over ours
 * @param application values that the application asks for itself, as they are at each call, which win over ours
 * @param stopTimeout how long workers may finish what they do when php-fpm is ended
 */
public record PoolRequest(String name, List<String> extensions, long largestBody, Map<String, String> ini,
        Supplier<List<IniValue>> application, Duration stopTimeout) {

    public PoolRequest {
        name = name.replaceAll("[^A-Za-z0-9._*/-]", "_");
    }
}
