/**
 * One exchange on one connection: a request written as FastCGI records while the answer's records are read. The vocabulary (record types,
 * roles) is Jetty's {@link org.eclipse.jetty.fcgi.FCGI}. Above it: {@code pool} and {@code upstream}; below it: {@code transport}. Thread
 * rule: an exchange runs straight through on the thread that calls it; a {@link org.jettyphp.fastcgi.ResponseSink} is called on that thread.
 *
 * <p>A record is eight bytes of head (version, type, request id, content length, padding length, reserved), its content, its padding:
 *
 * <pre>
 *   to php-fpm     BEGIN_REQUEST  PARAMS ...  PARAMS(empty)  STDIN ...  STDIN(empty)
 *   from php-fpm                  STDERR / STDOUT ...                   END_REQUEST
 * </pre>
 */
@NullMarked
package org.jettyphp.fastcgi;

import org.jspecify.annotations.NullMarked;
