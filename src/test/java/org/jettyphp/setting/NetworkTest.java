package org.jettyphp.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.1, false", "192.0.2.128/25, 192.0.2.129, true",
            "192.0.2.128/25, 192.0.2.127, false", "192.0.2.7, 192.0.2.7, true", "192.0.2.7, 192.0.2.8, false",
            "0.0.0.0/0, 203.0.113.7, true",
            "2001:db8::/33, 2001:db8:7fff::1, true", "2001:db8::/33, 2001:db8:8000::1, false", "::1, ::1, true", "::/0, 127.0.0.1, false",
            "127.0.0.1, ::ffff:127.0.0.1, true"})
    void itHasTheAddressesThatBeginLikeIt(String network, String address, boolean has) {
        assertEquals(has, Network.of(network).has(Objects.requireNonNull(Network.literal(address))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1",
            "10.0.0.0/255.0.0.0", "::1/129", "fe80::1%eth0", "1:2", "a.b:c", "face", "*"})
    void everythingElseIsRefusedAndNotLookedUp(String text) {
        assertThrows(IllegalArgumentException.class, () -> Network.of(text));
    }
}
