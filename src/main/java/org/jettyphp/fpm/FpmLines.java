package org.jettyphp.fpm;

import java.util.regex.Pattern;

/** Which lines of php-fpm's log are news. The others are of no interest while all is well, or said by us, and with their request. */
final class FpmLines {

    /** php-fpm says so of a pool on demand when it has all its workers and a request comes, idle or not, with the advice to have more. */
    private static final Pattern ALL_ARE_THERE = Pattern.compile("\\[pool \\S+-ini[0-9]+\\] server reached max_children setting");
    /** PHP's words of a request reach us by FastCGI too; those of its start, of an extension that is not there for example, here alone. */
    private static final String MESSAGE = "NOTICE: PHP message: ";
    private static final Pattern STARTUP = Pattern.compile(MESSAGE + "PHP [A-Z][A-Za-z ]*:  PHP Startup: ");
    /** How PHP goes on about an exception that nobody catches. */
    private static final Pattern TRACE = Pattern.compile("Stack trace:|#[0-9]+ .*|  thrown in .*");

    private boolean inMessage;

    boolean isNews(String line) {
        if (inMessage && TRACE.matcher(line).matches()) {
            return false;
        }
        inMessage = line.contains(MESSAGE);
        if (line.contains("NOTICE:")) {
            return STARTUP.matcher(line).find();
        }
        return !ALL_ARE_THERE.matcher(line).find();
    }
}
