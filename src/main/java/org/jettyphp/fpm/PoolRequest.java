package org.jettyphp.fpm;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a private pool must know of the application.
 *
 * @param extensions security.limit_extensions, without dots
 * @param largestBody bytes of post_max_size and upload_max_filesize; 0: no limit
 * @param ini values given by the user, which win over ours
 * @param stopTimeout how long workers may finish what they do when php-fpm is ended
 */
public record PoolRequest(List<String> extensions, long largestBody, Map<String, String> ini, Duration stopTimeout) {}
