package org.jettyphp.fpm;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a private pool must know of the application.
 *
 * @param name of the pool; what a section of the file cannot have in its name is replaced
 * @param extensions security.limit_extensions, without dots
 * @param largestBody bytes of post_max_size and upload_max_filesize; 0: no limit
 * @param ini values given by the user, which win over ours
 * @param stopTimeout how long workers may finish what they do when php-fpm is ended
 */
public record PoolRequest(String name, List<String> extensions, long largestBody, Map<String, String> ini, Duration stopTimeout) {

    public PoolRequest {
        name = name.replaceAll("[^A-Za-z0-9._*/-]", "_");
    }
}
