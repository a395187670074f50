package org.jettyphp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressNotationTest {

    @ParameterizedTest
    @CsvSource({
            "127.0.0.1:9000, 127.0.0.1:9000",
            "9000, 127.0.0.1:9000",
            "localhost:9001, localhost:9001",
            "'[::1]:9000', '[::1]:9000'",
            "php:9000, php:9000",
            "/run/php/php8.2-fpm.sock, unix:/run/php/php8.2-fpm.sock",
            "unix:/run/x.sock, unix:/run/x.sock",
            "unix:///run/x.sock, unix:/run/x.sock",
            "unix//run/x.sock, unix:/run/x.sock",
            "proxy:unix:/run/x.sock|fcgi://localhost/, unix:/run/x.sock",
            "unix:/run/x.sock|fcgi://localhost, unix:/run/x.sock",
            "proxy:fcgi://localhost:9000, localhost:9000",
            "fcgi://localhost:9000/, localhost:9000",
            "fcgi://localhost, localhost:9000",
            "tcp://10.0.0.1:9000, 10.0.0.1:9000",
            "'fcgi://[::1]:9000', '[::1]:9000'",
            "' 9000 ', 127.0.0.1:9000"
    })
    void theNotationsPeopleHaveAreUnderstood(String written, String address) {
        assertEquals(address, AddressNotation.read(written).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "localhost:", ":9000", "localhost:0", "localhost:65536", "localhost:99999999999", "::1:9000",
            "unix:", "unix:relative.sock",
            "unix:/x|http://localhost/", "fcgi://localhost:9000/path", "fcgi://user@localhost:9000", "http://localhost:9000", "a b:9000",
            "proxy:", "tcp://", "-1"})
    void whatIsNotUnderstoodIsRefusedWithTheList(String written) {
        String message = assertThrows(IllegalArgumentException.class, () -> AddressNotation.read(written)).getMessage();
        assertTrue(message.contains("'" + written + "'") && message.contains("as in nginx"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {108, 200})
    void aPathLongerThanASocketCanHaveIsRefused(int length) {
        assertThrows(IllegalArgumentException.class, () -> AddressNotation.read("/" + "x".repeat(length - 1)));
    }
}
