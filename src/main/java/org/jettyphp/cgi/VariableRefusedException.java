package org.jettyphp.cgi;

/**
 * A value of this request must not reach PHP, and nothing is cut or replaced silently: the request is to be answered with 400.
 * The message names variable and character, never the value, which may be a credential.
 */
public final class VariableRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String variable;

    VariableRefusedException(String variable, String problem) {
        super(variable + ": " + problem);
        this.variable = variable;
    }

    /** The name of the variable, for example {@code PATH_INFO}. */
    public String variable() {
        return variable;
    }
}
