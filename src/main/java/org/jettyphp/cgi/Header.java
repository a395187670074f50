package org.jettyphp.cgi;

/**
 * One header field, of a request or of a response, as it was received.
 *
 * @param name the name in the spelling received; compare it ignoring case
 * @param value the value; one char for each byte received (ISO-8859-1)
 */
public record Header(String name, String value) {}
