package org.jettyphp.attacks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads tables of attacks; their notation is explained at the top of {@code attacks.txt}. */
final class AttackTable {

    private static final String WHY = "why: ";

    private final List<Attack> rows = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final boolean asFields;
    private String group = "";
    private String groupWhy = "";

    private AttackTable(boolean asFields) {
        this.asFields = asFields;
    }

    /** Over HTTP/1.1. */
    static List<Attack> http1() throws IOException {
        return read("attacks.txt", false);
    }

    /** Over HTTP/2: what has a form there of the same bytes, and what has one there alone. A refusal may be a reset. */
    static List<Attack> http2() throws IOException {
        List<Attack> all = new ArrayList<>();
        for (Attack attack : http1()) {
            if (Http2Request.of(attack).isPresent()) {
                all.add(attack.right().contains("400") ? attack.allowing("closed") : attack);
            }
        }
        all.addAll(read("attacks-http2.txt", true));
        return all;
    }

    private static List<Attack> read(String resource, boolean asFields) throws IOException {
        AttackTable table = new AttackTable(asFields);
        try (InputStream in = AttackTable.class.getResourceAsStream(resource)) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(table::line);
        }
        return List.copyOf(table.rows);
    }

    private void line(String line) {
        if (line.startsWith("## ")) {
            group = line.substring(3);
            groupWhy = "";
        } else if (line.startsWith(WHY)) {
            groupWhy += (groupWhy.isEmpty() ? "" : " ") + line.substring(WHY.length());
        } else if (line.startsWith("  " + WHY)) {
            Attack last = rows.remove(rows.size() - 1);
            rows.add(last.because(line.strip().substring(WHY.length())));
        } else if (!line.isBlank() && !line.startsWith("#")) {
            row(line.split(" {2,}", 3));
        }
    }

    private void row(String[] cells) {
        if (cells.length != 3 || !names.add(cells[0])) {
            throw new IllegalArgumentException("no row, or a second one of its name: " + String.join("  ", cells));
        }
        rows.add(new Attack(group, cells[0], Set.of(cells[1].split(" ")), bytes(cells[2]), asFields, groupWhy));
    }

    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                bytes.write(text.charAt(i));
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case '0' -> bytes.write(0);
                case '\\' -> bytes.write('\\');
                case 'x' -> {
                    bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                case '{' -> {
                    int end = text.indexOf('}', i);
                    String[] repeated = text.substring(i + 1, end).split(" ", 2);
                    bytes.writeBytes(bytes(repeated[1].repeat(Integer.parseInt(repeated[0]))));
                    i = end;
                }
                default -> throw new IllegalArgumentException("no escape: " + text.substring(i - 1));
            }
        }
        return bytes.toByteArray();
    }
}
