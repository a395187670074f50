/**
 * jetty-php-fpm: PHP applications served by a Java server, through PHP-FPM.
 *
 * <p>The packages in the order in which a request meets them. Imports only point down this list.
 *
 * <ol>
 *   <li>{@code launch}: how is it started? Main class, command line, embedded Jetty.
 *   <li>{@code servlet}: front door and way back: the filter, the proxy servlet, the answer to the client.
 *   <li>{@code config}: init-params, properties, environment and flags into settings records.
 *   <li>{@code fpm}: owns a private php-fpm process.
 *   <li>{@code script}: which file? Document root, {@code -f}, {@code \.php$}, path info, index, fallback.
 *   <li>{@code htaccess}: what do the application's own rules say? Access, rewriting, headers.
 *   <li>{@code cgi}: RFC 3875: the request as variables, PHP's output as a response head.
 *   <li>{@code upstream}: which FPM? Several targets, their health, what may be tried again.
 *   <li>{@code pool}: which slot, and when? Limit and queue.
 *   <li>{@code fastcgi}: one exchange on one connection.
 *   <li>{@code transport}: TCP and Unix sockets with deadlines.
 *   <li>{@code buffer}: bodies in memory, then on disk.
 *   <li>{@code events}: what happened, for whoever listens.
 *   <li>{@code setting}: how a setting is declared, and addresses as several packages read them.
 * </ol>
 */
package org.jettyphp;
