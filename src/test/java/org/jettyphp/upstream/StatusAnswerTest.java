package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jettyphp.events.PoolStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusAnswerTest {

    private static final String HEAD = "Cache-Control: no-cache\r\nContent-Type: application/json\r\n\r\n";

    /** As php-fpm 8.2.36 answered, shortened; the URIs of the last requests are clients'. */
    private static final String FULL = HEAD + """
            {"pool":"test","process manager":"dynamic","start time":1795567738,"start since":1,"accepted conn":6006,"listen queue":7,\
            "max listen queue":9,"listen queue len":511,"idle processes":0,"active processes":2003,"total processes":2003,\
            "max active processes":2003,"max children reached":2,"slow requests":3, "processes":[\
            {"pid":1,"state":"Idle","start time":12,"requests":4,"request uri":"/a"},\
            {"pid":2,"state":"Running","request uri":"/b?\\",\\"state\\":\\"Idle\\"}],\\"slow requests\\":99","slow requests":98},\
            {"pid":3,"request uri":"/c?\\"\\"x\\":","state":"Running"}]}""";

    @Test
    void workersAreCountedAndTheSumsOfPhpFpmAreNotBelieved() throws Exception {
        assertEquals(new PoolStatus("dynamic", 1795567738, 2, 1, 7, 3, 2), StatusAnswer.read(FULL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Primary script unknownStatus: 404 Not Found\\r\\nContent-type: text/html\\r\\n\\r\\nFile not found.\\n | \"File not found.\"",
            "Content-type: text/html\\r\\n\\r\\n<html>\\n<body>{\"process manager\":\"static\"} | \"<html>...\"",
            "Content-type: application/json\\r\\n\\r\\n{\"hello\":1} | \"{\"hello\":1}\"",
            "pong | \"pong\""})
    void whatIsSomethingElseIsQuoted(String output, String quoted) {
        assertEquals(quoted, refusal(output.replace("\\r", "\r").replace("\\n", "\n")));
    }

    @Test
    void ofWhatIsLongTheBeginningIsQuotedAndNoControlCharacter() {
        assertEquals("\"?[2J" + "a".repeat(56) + "...\"", refusal("Content-type: text/html\r\n\r\n\u001b[2J" + "a".repeat(57)));
    }

    private static String refusal(String output) {
        return assertThrows(StatusAnswer.NoStatusException.class, () -> StatusAnswer.read(output)).getMessage();
    }
}
