package org.jettyphp.upstream;

import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.fastcgi.RequestHead;

/**
 * What PHP is asked.
 *
 * @param repeatable whether it does no harm to run it twice: GET, HEAD or OPTIONS without a body
 */
public record PhpRequest(RequestHead head, RequestBody body, boolean repeatable) {}
