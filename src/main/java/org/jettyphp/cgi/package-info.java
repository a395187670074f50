/**
 * RFC 3875: the request as variables, PHP's output as a response head. Above it: {@code servlet}; below it: {@code fastcgi}, whose request
 * head takes the variables. Thread rule: {@link org.jettyphp.cgi.Variables} is used by all threads, everything else by one.
 */
@NullMarked
package org.jettyphp.cgi;

import org.jspecify.annotations.NullMarked;
