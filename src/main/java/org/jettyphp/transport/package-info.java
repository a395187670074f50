/**
 * TCP and Unix sockets with deadlines. Purpose: bytes to and from a php-fpm, and nothing here knows what they mean. Above it: {@code fastcgi};
 * below it: the JDK. Thread rule: a {@link org.jettyphp.transport.Connection} and its {@link org.jettyphp.transport.Poller} belong to one
 * thread at a time; only {@link org.jettyphp.transport.Poller#wakeup()} may be called from another one.
 */
@NullMarked
package org.jettyphp.transport;

import org.jspecify.annotations.NullMarked;
