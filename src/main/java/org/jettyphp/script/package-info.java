/**
 * Which file? Document root, {@code -f}, {@code \.php$}, path info, index, fallback: one decision, and one file that was decided. Above it:
 * {@code servlet}; below it: the JDK. Thread rule: everything is immutable and used by all threads.
 *
 * <p>The order of decisions: a path that cannot be used; the leftmost prefix that is a script; a directory; a static file; the fallback;
 * nothing. {@link org.jettyphp.script.ScriptResolver#resolve} is that list.
 */
@NullMarked
package org.jettyphp.script;

import org.jspecify.annotations.NullMarked;
