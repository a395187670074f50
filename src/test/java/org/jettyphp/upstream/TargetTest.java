package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.jettyphp.transport.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    @Test
    void severalStandBehindEachOtherWithTheirWeights() {
        assertEquals(
                List.of(new Target(new Address.Tcp("10.0.0.1", 9000), 3, false, null, 0),
                        new Target(new Address.Tcp("::1", 9001), 1, false, null, 0),
                        new Target(new Address.Unix(Path.of("/run/spare.sock")), 2, true, null, 0)),
                Target.list("10.0.0.1:9000 weight=3, tcp://[::1]:9001 ,unix:/run/spare.sock weight=2  backup"));
    }

    @Test
    void theStatusIsAskedForElsewhere() {
        assertEquals(
                List.of(new Target(new Address.Tcp("php", 9000), 1, false, new Address.Tcp("php", 9001), 0),
                        new Target(new Address.Unix(Path.of("/run/a.sock")), 1, true, new Address.Unix(Path.of("/run/s.sock")), 0),
                        new Target(new Address.Unix(Path.of("/run/b.sock")), 1, false, new Address.Tcp("127.0.0.1", 9001), 0)),
                Target.list("php:9000 status=9001, /run/a.sock backup status=/run/s.sock, /run/b.sock status=9001"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "a:9000, b:9000 spare    | 'spare' is neither weight=N, backup nor status=ADDRESS",
            "a:9000 weight=0, b:9000 | a weight is a number from 1 to 1000",
            "a:9000 weight=x, b:9000 | a weight is a number from 1 to 1000",
            "a:9000, a:9000          | has an address twice",
            "a:9000 backup           | has only backups",
            "a:9000,                 | What is understood:"})
    void whatIsNotUnderstoodIsRefused(String setting, String message) {
        String said = assertThrows(IllegalArgumentException.class, () -> Target.list(setting)).getMessage();
        assertTrue(said.contains(message), said);
    }
}
