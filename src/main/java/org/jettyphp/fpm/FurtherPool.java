package org.jettyphp.fpm;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A pool beside the main one.
 *
 * @param number its own for ever, so that nobody who means another one meets it
 * @param values ini values that its scripts have besides those of all
 * @param whenUp is told of the socket when it answers, on a thread of ours
 */
record FurtherPool(int number, Map<String, String> values, Path socket, Consumer<Path> whenUp) {}
