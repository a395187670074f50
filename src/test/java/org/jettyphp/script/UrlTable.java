package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import org.jettyphp.htaccess.Asked;
import org.junit.jupiter.api.DynamicTest;

/** Rows of a raw URL path and its outcome, with two spaces or more between them; {@code #} begins a heading. */
final class UrlTable {

    private UrlTable() {}

    static List<DynamicTest> tests(String rows, ScriptResolver resolver, Path root) {
        return rows.lines().filter(row -> !row.isBlank() && !row.startsWith("#")).map(row -> {
            String[] cells = row.strip().split(" {2,}", 2);
            return dynamicTest(row.strip(), () -> {
                assertEquals(cells[1], Outcome.of(resolver.resolve(cells[0], null, Asked.get("/")).decision(), root));
                assertEquals(cells[1], Outcome.of(resolver.resolve(cells[0], null, Asked.get("/")).decision(), root), "asked again");
            });
        }).toList();
    }
}
