package org.jettyphp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 100 lines of 4,096 bytes, whatever PHP says and whatever is said about it. */
class ErrorStreamTest {

    private final List<String> logged = new ArrayList<>();
    private final ErrorStream errors = new ErrorStream(logged::add);

    private void say(String text) {
        errors.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void linesMayComeInPiecesAndTheLastNeedsNoEnd() {
        say("PHP War");
        say("ning: a\n\nb");
        say("c");
        errors.end();
        assertEquals(List.of("PHP Warning: a", "bc"), logged);
    }

    @Test
    void aLongLineIsCutAndWhatIsLeftOutIsCounted() {
        say("x".repeat(5000) + "\nnext\n");
        errors.end();
        assertEquals(List.of("x".repeat(4096), "next",
                "(904 more bytes of errors left out: at most 100 lines of 4096 bytes are logged for a request)"), logged);
    }

    @Test
    void whatIsWrongWithTheAnswerCountsAsALineToo() {
        say("line\n".repeat(99));
        errors.problem("the last one");
        errors.problem("too much");
        say("too much\n");
        errors.end();
        assertEquals(101, logged.size());
        assertEquals("the last one", logged.get(99));
        assertEquals("(16 more bytes of errors left out: at most 100 lines of 4096 bytes are logged for a request)", logged.get(100));
    }
}
