package org.jettyphp.config;

import org.jspecify.annotations.Nullable;

/**
 * A setting as it counts, for {@code --show-config}.
 *
 * @param name camelCase; an entry of a group has a line of its own, {@code param.APP_ENV}
 * @param value as a user would write it; null if it has none; entries of groups that look like credentials are blanked
 * @param origin the place that gave it, for example {@code flag --max-connections}, or {@code default}
 */
public record EffectiveSetting(String name, @Nullable String value, String origin) {}
