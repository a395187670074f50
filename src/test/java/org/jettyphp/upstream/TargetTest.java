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
                List.of(new Target(new Address.Tcp("10.0.0.1", 9000), 3, false), new Target(new Address.Tcp("::1", 9001), 1, false),
                        new Target(new Address.Unix(Path.of("/run/spare.sock")), 2, true)),
                Target.list("10.0.0.1:9000 weight=3, tcp://[::1]:9001 ,unix:/run/spare.sock weight=2  backup"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "a:9000, b:9000 spare    | 'spare' is neither weight=N nor backup",
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
