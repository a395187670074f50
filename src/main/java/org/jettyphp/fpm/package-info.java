/**
 * Owns a private php-fpm process: finds the binary, writes its pool, starts it, restarts it, and sees to it that nothing lingers, not even
 * when this JVM is killed. Above it: {@code servlet}; below it: {@code fastcgi} and {@code transport}, for the first question it must answer, and
 * {@code buffer}, for a directory that goes with the process.
 * Thread rule: start and close on the caller's thread; one thread reads what php-fpm logs, and restarts it.
 */
@NullMarked
package org.jettyphp.fpm;

import org.jspecify.annotations.NullMarked;
