package org.jettyphp.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProgramSpecTest {

    private final StringWriter said = new StringWriter();
    private final CommandLine program = Main.program().setErr(new PrintWriter(said));

    @Test
    void sentencesOfTheHelpEndWithOneFullStop() {
        String help = program.getSubcommands().get("serve").getUsageMessage();
        assertTrue(help.contains("Default: 8080"), help);
        assertFalse(help.replace("]...", "").contains(".."), help);
    }

    @Test
    void anUnknownFlagIsAnsweredWithThoseThereAreAndNotWithTheWholeHelp() {
        assertEquals(2, program.execute("serve", "--nonsense", "3"));
        assertTrue(said.toString().startsWith("Unknown option: '--nonsense'"), said.toString());
        assertTrue(said.toString().contains("--max-connections, "), said.toString());
        assertTrue(said.toString().lines().count() < 6, said.toString());
    }

    @Test
    void theFlagOfAListMayBeGivenSeveralTimesAndSomeAddToTheirDefault() {
        PrintStream usual = System.out;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(shown, true, UTF_8));
            assertEquals(0, program.execute("serve", "--deny", "/a", "--deny", "/b /c", "--index", "x.php", "--show-config", "/"));
        } finally {
            System.setOut(usual);
        }
        String text = shown.toString(UTF_8);
        assertTrue(text.contains(" /vendor/**/*.php /a /b /c") && text.contains("default and flag --deny"), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("index +x.php +# flag --index")), text);
    }

    @Test
    void anUnknownCommandIsAnsweredWithThoseThereAre() {
        assertEquals(2, program.execute("server"));
        assertTrue(said.toString().contains("Commands: serve"), said.toString());
    }
}
