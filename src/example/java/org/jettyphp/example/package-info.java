/**
 * The Java side of {@code webapp-example}: what stands beside PHP and in front of it in one web application. Knows nothing of the library, only
 * the Servlet API; PHP is reached as any page is, through a {@code RequestDispatcher}.
 *
 * <p>Threads: servlets and filters run on the container's, many at once, and keep no state.
 */
@NullMarked
package org.jettyphp.example;

import org.jspecify.annotations.NullMarked;
