/**
 * A generic reader: init-params, context-params, properties, environment and flags into settings records. It knows no setting by name; the
 * records are handed in. Above it: {@code servlet} and {@code launch}; below it: {@code setting}. Thread rule: used at start, by one thread.
 */
@NullMarked
package org.jettyphp.config;

import org.jspecify.annotations.NullMarked;
