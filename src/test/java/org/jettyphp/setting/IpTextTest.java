package org.jettyphp.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpTextTest {

    @ParameterizedTest
    @CsvSource({
            "127.0.0.1, 127.0.0.1",
            "localhost, localhost",
            "[0:0:0:0:0:0:0:1], ::1",
            "0:0:0:0:0:0:0:1, ::1",
            "::1, ::1",
            "[::], ::",
            "0:0:0:0:0:0:0:0, ::",
            "2001:db8:0:0:0:0:0:0, 2001:db8::",
            "2001:0DB8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
            "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
            "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
            "fe80:0:0:0:1:2:3:4%eth0, fe80::1:2:3:4",
            "[fe80:0:0:0:1:2:3:4%2], fe80::1:2:3:4",
            "0:0:0:0:0:ffff:c000:201, ::ffff:192.0.2.1",
            "::ffff:192.0.2.1, ::ffff:192.0.2.1",
            "1::8, 1::8",
            "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
            "1:2, 1:2",
            "1:2:3:4:5:6:7:8:9, 1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:g, 1:2:3:4:5:6:7:g",
            "1:::8, 1:::8",
            "::1.2.3, ::1.2.3",
            "::1.2.3.256, ::1.2.3.256",
            "12345::, 12345::",
    })
    void addressesAreSpelledAsRfc5952SaysAndAnythingElseIsLeftAlone(String given, String expected) {
        assertEquals(expected, IpText.canonical(given));
    }
}
