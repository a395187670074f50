package org.jettyphp.upstream;

import java.time.Duration;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.fastcgi.RequestHead;

/**
 * What PHP is asked.
 *
 * @param info for whoever listens to events
 * @param repeatable whether it does no harm to run it twice: GET, HEAD or OPTIONS without a body
 * @param responseTimeout how long PHP may be silent; zero: for ever
 */
public record PhpRequest(RequestInfo info, RequestHead head, RequestBody body, boolean repeatable, Duration responseTimeout) {}
