/**
 * Which file? Document root, {@code -f}, {@code \.php$}, path info, index, fallback: one decision, and one file that was decided.
 *
 * <p>Start reading at {@link org.jettyphp.script.ScriptResolver#resolve}: the raw path is decoded once ({@code UrlPath}); the file is
 * looked for here ({@code LocalTree}) or, with {@code checkFile=false}, guessed from its name ({@code RemoteTree}); {@code ServingPolicy} and
 * {@code RealFile} say no, each in one place; the outcome is a {@link org.jettyphp.script.Decision}, which says nothing about HTTP but maps
 * to one status each.
 *
 * <p>Neighbours: {@code servlet} asks and acts; {@code setting} declares the settings. Plain JDK and SLF4J below.
 *
 * <p>Threads: everything is immutable and used by all threads at once; a decision asks the file system and so may block for as long as a
 * {@code stat} does.
 */
@NullMarked
package org.jettyphp.script;

import org.jspecify.annotations.NullMarked;
