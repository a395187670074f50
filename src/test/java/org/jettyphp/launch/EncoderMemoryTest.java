package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That compressing an answer takes no more memory outside the heap than the documentation of the limits says. */
class EncoderMemoryTest {

    private static final String ENCODERS = "20";
    /** Beyond what any of them looks back over. */
    private static final String KILOBYTES = "3000";

    @ParameterizedTest
    @CsvSource({"gzip, 256", "br, 1280", "zstd, 1024"})
    void anAnswerTakesNoMoreThanDocumented(String coding, int mostKilobytes) throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/statm")), "only Linux tells");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms64m", "-Xmx64m",
                "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), EncoderMemory.class.getName(),
                coding,
                ENCODERS, KILOBYTES).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertEquals(0, process.waitFor());
        int kilobytes = Integer.parseInt(said);
        assertTrue(kilobytes > 0 && kilobytes <= mostKilobytes, coding + " takes " + kilobytes + " KiB");
    }
}
