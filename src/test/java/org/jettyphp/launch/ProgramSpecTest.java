package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void anUnknownCommandIsAnsweredWithThoseThereAre() {
        assertEquals(2, program.execute("server"));
        assertTrue(said.toString().contains("Commands: serve"), said.toString());
    }
}
