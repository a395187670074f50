/**
 * RFC 3875: the request as variables, PHP's output as a response head.
 *
 * <p>Two halves. Towards PHP: {@link org.jettyphp.cgi.Variables} makes of a {@link org.jettyphp.cgi.CgiRequest} the ordered
 * {@link org.jettyphp.cgi.CgiVariables} that {@code fastcgi} writes as PARAMS records. From PHP: {@link org.jettyphp.cgi.ResponseHeadParser}
 * makes of STDOUT bytes a {@link org.jettyphp.cgi.ResponseHead}, and {@link org.jettyphp.cgi.FpmComplaint} reads what FPM says on STDERR.
 *
 * <p>Neighbours: {@code servlet} fills the request and writes the head to the client; {@code fastcgi} carries the bytes. Imports only
 * {@code setting}; nothing here does I/O.
 *
 * <p>Threads: {@code Variables} is shared by all threads; a {@code ResponseHeadParser} belongs to one exchange; all else is immutable.
 */
@NullMarked
package org.jettyphp.cgi;

import org.jspecify.annotations.NullMarked;
