/**
 * What do the application's own rules say? The files {@code .htaccess} of Apache, as far as applications ship them.
 *
 * <p>Start reading at {@link org.jettyphp.htaccess.RulesInForce#of}: the files of all directories on the way are read ({@code HtaccessParser}),
 * remembered as long as they stay the same, and merged as Apache merges them ({@code Directives}). {@link
 * org.jettyphp.htaccess.HtaccessRequest} follows one request through them: access first, then mod_rewrite ({@code Rewriting}), then
 * {@code Redirect}; the outcome is data, and whoever asks looks up the rewritten path anew.
 *
 * <p>A line that is not understood is one warning, with its file and number; one of access control then denies what it stands for.
 *
 * <p>Neighbours: {@code script} asks. Plain JDK and SLF4J below.
 *
 * <p>Threads: what was read is immutable and shared; an {@code HtaccessRequest} belongs to one thread.
 */
@NullMarked
package org.jettyphp.htaccess;

import org.jspecify.annotations.NullMarked;
