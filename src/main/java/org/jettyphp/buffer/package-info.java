/**
 * Bodies in memory, then on disk: what lets a slow client hold no PHP worker. Above it: {@code servlet}; below it: the JDK. Thread rule:
 * see each class; locks are never held while a file is written or read.
 */
@NullMarked
package org.jettyphp.buffer;

import org.jspecify.annotations.NullMarked;
