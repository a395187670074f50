/**
 * How is it started? The main class, its command line, and the embedded Jetty it configures. Below it: {@code servlet} and {@code config}.
 * Thread rule: everything here happens on the main thread, before the first request and after the last one.
 */
@NullMarked
package org.jettyphp.launch;

import org.jspecify.annotations.NullMarked;
