/**
 * Front door and way back: the filter that asks {@code -f} and {@code \.php$}, the servlet that hands what matches to PHP, and the answer to
 * the client. Above it: {@code launch} or a servlet container; below it: everything else. Only here and in {@code launch} is
 * {@code jakarta.*} seen.
 *
 * <p>The way of a request, to be read in this order: {@link org.jettyphp.servlet.PhpFilter} decides,
 * {@link org.jettyphp.servlet.PhpServlet} begins, {@code ProxiedRequest} receives the body, waits for a slot and runs the exchange,
 * {@code Answer} reads PHP's head, {@code AsyncClient} writes to the client.
 *
 * <p>Thread rule: container threads decide, receive bodies and write when the client can take more; exchanges run on
 * {@link org.jettyphp.pool.ExchangeThread}s; nobody who waits holds a thread. After {@code onError} or {@code onComplete} nobody touches
 * request or response again.
 */
@NullMarked
package org.jettyphp.servlet;

import org.jspecify.annotations.NullMarked;
