package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jettyphp.fpm.FpmSettings;
import org.jettyphp.fpm.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ProgramSpecTest {

    private final StringWriter said = new StringWriter();
    private final CommandLine program = Main.program().setErr(new PrintWriter(said));

    @Test
    void sentencesOfTheHelpEndWithOneFullStop() {
        String help = program.getSubcommands().get("serve").getUsageMessage();
        assertTrue(help.contains("Default: 8080"), help);
        assertFalse(help.replace("]...", "").matches("(?s).*\\.\\.(?![0-9]).*"), help);
    }

    @Test
    void anUnknownFlagIsAnsweredWithThoseThereAreAndNotWithTheWholeHelp() {
        assertEquals(2, program.execute("serve", "--nonsense", "3"));
        assertEquals("there is no flag --nonsense", said.toString().lines().findFirst().orElse(""));
        assertTrue(said.toString().contains("--max-connections, "), said.toString());
        assertTrue(said.toString().lines().count() < 6, said.toString());
    }

    @ParameterizedTest
    @CsvSource({
            "--maxconnections 3, there is no flag --maxconnections; did you mean --max-connections?",
            "--qeue-size=3, there is no flag --qeue-size; did you mean --queue-size?",
            "-z, Unknown option: '-z'"
    })
    void aMisspeltFlagIsAnsweredWithTheOneThatWasMeant(String arguments, String answer) {
        assertEquals(2, program.execute(("serve " + arguments).split(" ")));
        assertEquals(answer, said.toString().lines().findFirst().orElse(""));
    }

    @Test
    void theFlagOfAListMayBeGivenSeveralTimesAndSomeAddToTheirDefault() {
        StringWriter shown = new StringWriter();
        program.setOut(new PrintWriter(shown));
        assertEquals(0, program.execute("serve", "--deny", "/a", "--deny", "/b /c", "--index", "x.php", "--show-config", "/"));
        String text = shown.toString();
        assertTrue(text.contains(" /vendor/**/*.php /a /b /c") && text.contains("default and flag --deny"), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("index +x.php +# flag --index")), text);
    }

    @Test
    void theFlagOfLinesMayBeGivenSeveralTimes() {
        StringWriter shown = new StringWriter();
        program.setOut(new PrintWriter(shown));
        assertEquals(0, program.execute("serve", "--rewrite", "RewriteCond %{HTTP_HOST} =a.example", "--rewrite", "RewriteRule ^ /b [R,L]",
                "--show-config", "/"));
        assertTrue(shown.toString().contains("rewrite              RewriteCond %{HTTP_HOST} =a.example\n" + " ".repeat(21)
                + "RewriteRule ^ /b [R,L] "), shown.toString());
        assertEquals(2,
                program.execute("serve", "--rewrite", "RewriteRule ^ /b [R,L]", "--rewrite", "RewriteCond %{HTTP_HOST} =a.example"));
    }

    @Test
    void theConfigurationShowsWhatIsComputedForThisMachine() {
        StringWriter shown = new StringWriter();
        program.setOut(new PrintWriter(shown));
        assertEquals(0, program.execute("serve", "--show-config"));
        int workers = new FpmSettings(null, null, null).workersOn(Machine.here()).most();
        assertTrue(shown.toString().matches("(?s).*\nworkers +" + workers + " +# computed: \\d+ cores, \\d+ MiB of memory\n.*"),
                shown.toString());
        assertTrue(shown.toString().matches("(?s).*\nmaxConnections +" + workers + " +# computed: .*"), shown.toString());
        assertEquals(0, program.execute("serve", "--show-config", "--target", "9000"));
        assertTrue(shown.toString().matches("(?s).*\nmaxConnections +32 +# default\n.*"), shown.toString());
    }

    @Test
    void sitesShareTheMemoryForTheirWorkers() {
        StringWriter shown = new StringWriter();
        program.setOut(new PrintWriter(shown));
        String[] sites = IntStream.range(0, 40).mapToObj(i -> "--site=a" + i + ".example=/").toArray(String[]::new);
        assertEquals(0, program.execute(Stream.concat(Stream.of("serve", "--show-config"), Stream.of(sites)).toArray(String[]::new)));
        Machine part = new Machine(Machine.here().cores(), Machine.here().memory() / 40);
        int workers = new FpmSettings(null, null, null).workersOn(part).most();
        assertTrue(shown.toString().matches("(?s).*\n# site a39.example\n.*\nworkers +" + workers + " +# default workers of 40 sites\n.*"),
                shown.toString());
    }

    @Test
    void workersSuitTheCoresAndTheMemory() {
        FpmSettings unset = new FpmSettings(null, null, null);
        assertEquals("8", unset.workersOn(new Machine(2, 24L << 30)).toString());
        assertEquals("8", unset.workersOn(new Machine(16, 1L << 30)).toString());
        assertEquals("4", unset.workersOn(new Machine(1, 128L << 20)).toString());
        assertEquals("3", new FpmSettings(null, "3", null).workersOn(new Machine(16, 64L << 30)).toString());
    }

    @Test
    void anUnknownCommandIsAnsweredWithThoseThereAre() {
        assertEquals(2, program.execute("server"));
        assertTrue(said.toString().contains("Commands: serve"), said.toString());
    }
}
