package org.jettyphp.cgi;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the variables of one request. A name that the user's own {@code param.*} sets is left out here, so that none comes twice. */
final class VariableList {

    private static final int USUAL_PAIRS = 56;

    private final Set<StandardVariable> ownStandard;
    private final Set<String> own;
    private byte[][] pairs = new byte[2 * USUAL_PAIRS][];
    private int end;

    VariableList(Set<StandardVariable> ownStandard, Set<String> own) {
        this.ownStandard = ownStandard;
        this.own = own;
    }

    /** Text in UTF-8; null: the variable is not sent. */
    void put(StandardVariable variable, @Nullable String value) throws VariableRefusedException {
        if (value != null && !ownStandard.contains(variable)) {
            add(variable.bytes, ValueBytes.ofText(variable.name(), value));
        }
    }

    /** A value that comes from a header; null: the variable is not sent. */
    void putHeader(StandardVariable variable, @Nullable String value) throws VariableRefusedException {
        if (value != null && !ownStandard.contains(variable)) {
            add(variable.bytes, ValueBytes.ofHeader(variable.name(), value));
        }
    }

    /** A variable whose name is made from the request; it must not be one of {@link StandardVariable}. */
    void put(String variable, String value) throws VariableRefusedException {
        if (!own.contains(variable)) {
            add(ValueBytes.ofText(variable, variable), ValueBytes.ofText(variable, value));
        }
    }

    /** Bytes as they are. */
    void add(byte[] name, byte[] value) {
        if (end == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * end);
        }
        pairs[end++] = name;
        pairs[end++] = value;
    }

    CgiVariables done() {
        return new CgiVariables(pairs, end);
    }
}
