package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jettyphp.htaccess.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process started without LANG: {@code Path.of} throws for names beyond ASCII, and {@code java.io.File} would look for other files. */
class NamesInAnAsciiLocaleTest {

    @TempDir private Path directory;

    /** Runs in a process of its own. */
    public static void main(String[] arguments) {
        Path root = Path.of(arguments[0]);
        ScriptResolver resolver = new ScriptResolver(
                new ScriptSettings(root, null, List.of("php"), true, List.of("index.php"), "/index.php", null), Access.STANDARD);
        for (String path : List.of("/x.php", "/x.php/%C3%B8", "/p%C3%A4ge%20%C3%BCber.php", "/pretty")) {
            Decision decision = resolver.resolve(path, null, Asked.get("/")).decision();
            String reason = decision instanceof Decision.BadRequest bad ? bad.reason() : "";
            System.out.println(Outcome.of(decision, root).replaceAll("[^ -~]", "?") + reason);
        }
    }

    @Test
    void areRefusedAndTheLogSaysWhatToChange() throws IOException, InterruptedException {
        SampleTree tree = SampleTree.in(directory);
        Path log = directory.resolve("log");
        ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), NamesInAnAsciiLocaleTest.class.getName(), tree.root().toString());
        java.environment().put("LC_ALL", "C");
        Process process = java.redirectError(log.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String errors = Files.readString(log);
        assertEquals(0, process.exitValue(), errors);
        assertEquals("""
                run /x.php
                run /x.php info=/?
                400its name cannot be a file's in the encoding ANSI_X3.4-1968 that this process has for names; start it with LC_ALL=C.UTF-8
                run /index.php
                """, out);
        assertTrue(errors.contains("start it with LC_ALL=C.UTF-8 in its environment"), errors);
    }
}
