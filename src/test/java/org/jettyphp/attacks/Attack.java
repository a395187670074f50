package org.jettyphp.attacks;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A row of the table.
 *
 * @param right what a server may do, see {@link Verdict}
 * @param bytes as they stand in the table
 * @param asFields whether they are fields of HTTP/2, and not a request of HTTP/1.1
 * @param why the reason for it, where servers differ
 */
record Attack(String group, String name, Set<String> right, byte[] bytes, boolean asFields, String why) {

    Attack because(String reason) {
        return new Attack(group, name, right, bytes, asFields, reason);
    }

    /** What is sent: with a Host and an empty line where the row leaves them out. */
    byte[] request() {
        String text = text();
        boolean whole = text.endsWith("\n") || text.contains("\r\n\r\n");
        return whole ? bytes : (text + "\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    boolean isHead() {
        return text().startsWith("HEAD ");
    }

    /** The same row with what another protocol or container may answer besides. */
    Attack allowing(String... more) {
        Set<String> all = new java.util.TreeSet<>(right);
        all.addAll(Set.of(more));
        return new Attack(group, name, all, bytes, asFields, why);
    }

    @Override
    public String toString() {
        return name;
    }
}
