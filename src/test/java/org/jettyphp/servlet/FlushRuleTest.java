package org.jettyphp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jettyphp.cgi.Header;
import org.jettyphp.cgi.ResponseHead;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlushRuleTest {

    @ParameterizedTest
    @CsvSource({"text/event-stream, -, ALWAYS", "Text/Event-Stream; charset=utf-8, -, ALWAYS", "text/event-streams, -, WHEN_PHP_PAUSES",
            "text/html, -, WHEN_PHP_PAUSES", "text/event-stream, yes, NEVER", "text/html, No, ALWAYS", "text/html, maybe, WHEN_PHP_PAUSES"})
    void phpSaysHowItsOutputGoesOn(String type, String wish, FlushRule rule) {
        List<Header> headers =
                List.of(new Header("Content-Type", type), new Header(wish.equals("-") ? "X-Other" : "X-Accel-Buffering", wish));
        assertEquals(rule, FlushRule.of(new ResponseHead(200, null, headers, List.of())));
    }
}
