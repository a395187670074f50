package org.jettyphp.cgi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderVariablesTest {

    private static final CgiSettings UNDERSCORES = new CgiSettings(Map.of(), Map.of(), Map.of(), true, 262144);

    private final Requests requests = new Requests();

    @ParameterizedTest
    @CsvSource({"Host, HTTP_HOST", "user-agent, HTTP_USER_AGENT", "X-Forwarded-For, HTTP_X_FORWARDED_FOR", "DNT, HTTP_DNT",
            "X-2, HTTP_X_2", "Authorization, HTTP_AUTHORIZATION", "Expect, HTTP_EXPECT", "Connection, HTTP_CONNECTION", "TE, HTTP_TE"})
    void aHeaderBecomesAVariable(String header, String variable) throws Exception {
        assertEquals("v", requests.header(header, "v").variables().get(variable));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Proxy", "PROXY", "proxy", "Content-Type", "content-length", "Transfer-Encoding", "X_A", "X.A", "X A", "X:A",
            "X!A", "Xä", "", "X/A", "X\nA", ":authority", "X\u0130"})
    void aHeaderThatCouldMisleadPhpIsDropped(String header) throws Exception {
        int without = requests.variables().size();
        assertEquals(without, requests.header(header, "v").variables().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Proxy", "Content_Type", "Content_Length", "Transfer_Encoding", "X.A"})
    void whatIsNeverPassedDoesNotPassWithUnderscoresEither(String header) throws Exception {
        int without = requests.variables(UNDERSCORES).size();
        assertEquals(without, requests.header(header, "v").variables(UNDERSCORES).size());
    }

    @Test
    void underscoresPassWhereAllowed() throws Exception {
        assertEquals("v", requests.header("X_A", "v").variables(UNDERSCORES).get("HTTP_X_A"));
    }

    @Test
    void theSpellingWithHyphensWinsWhicheverComesFirst() throws Exception {
        requests.header("X_A", "forged").header("X-A", "true").header("X_A", "forged");
        requests.header("X-B", "true").header("X_B", "forged").header("X-B", "too");
        CgiVariables variables = requests.variables(UNDERSCORES);
        assertEquals("true", variables.get("HTTP_X_A"));
        assertEquals("true, too", variables.get("HTTP_X_B"));
    }

    @Test
    void repeatedHeadersAreJoinedAndCookiesWithSemicolons() throws Exception {
        requests.header("X-A", "1").header("Cookie", "a=1").header("x-a", "2").header("COOKIE", "b=2").header("X-A", "3");
        CgiVariables variables = requests.variables();
        assertEquals("1, 2, 3", variables.get("HTTP_X_A"));
        assertEquals("a=1; b=2", variables.get("HTTP_COOKIE"));
    }

    @Test
    void theOrderIsThatInWhichNamesFirstCame() throws Exception {
        requests.header("B", "1").header("A", "2").header("B", "3");
        List<String> names = new ArrayList<>();
        requests.variables().forEach((name, value) -> names.add(new String(name, StandardCharsets.US_ASCII)));
        assertEquals(List.of("HTTP_B", "HTTP_A"), names.subList(names.size() - 2, names.size()));
    }

    @Test
    void theBytesReceivedAreTheBytesSent() throws Exception {
        byte[] received = new byte[256];
        int length = 0;
        for (int b = 0; b < 256; b++) {
            if (!ValueBytes.isControl(b)) {
                received[length++] = (byte) b;
            }
        }
        String value = new String(received, 0, length, StandardCharsets.ISO_8859_1);
        CgiVariables variables = requests.header("X-Bytes", value).variables();
        assertArrayEquals(value.getBytes(StandardCharsets.ISO_8859_1), variables.value(variables.size() - 1));
    }

    @Test
    void aValueThatTheContainerHasDecodedIsSentAsUtf8() throws Exception {
        CgiVariables variables = requests.header("X-Name", "Łódź ä").variables();
        assertArrayEquals("Łódź ä".getBytes(StandardCharsets.UTF_8), variables.value(variables.size() - 1));
    }

    @ParameterizedTest
    @ValueSource(chars = {0, '\n', '\r', 1, 0x7f})
    void aControlCharacterIsRefusedAndTheMessageKeepsTheValueToItself(char c) {
        requests.header("Authorization", "c2VjcmV0" + c);
        VariableRefusedException refused = assertThrows(VariableRefusedException.class, requests::variables);
        assertEquals("HTTP_AUTHORIZATION", refused.variable());
        assertFalse(refused.getMessage().contains("c2VjcmV0"));
        assertTrue(refused.getMessage().contains("position 8"), refused.getMessage());
    }

    @Test
    void aTabInAHeaderIsLegal() throws Exception {
        assertEquals("a\tb", requests.header("X-A", "a\tb").variables().get("HTTP_X_A"));
    }

    @Test
    void withoutAHostHeaderHttp2HasTheHostOfItsAuthority() throws Exception {
        requests.line = new CgiRequest.Line("GET", "HTTP/2.0", "https", "/", null);
        assertEquals("example.org:8080", requests.variables().get("HTTP_HOST"));
        requests.connection = new CgiRequest.Connection("::1", 1, "::1", "[::1]", 443);
        assertEquals("[::1]", requests.variables().get("HTTP_HOST"));
        assertEquals("sent", requests.header("host", "sent").variables().get("HTTP_HOST"));
    }

    @Test
    void http10WithoutAHostHasNone() throws Exception {
        requests.line = new CgiRequest.Line("GET", "HTTP/1.0", "http", "/", null);
        assertNull(requests.variables().get("HTTP_HOST"));
    }

    @Test
    void moreNamesThanAreRememberedAreStillPassedOn() throws Exception {
        Variables variables = new Variables(CgiSettings.defaults(), "test");
        for (int i = 0; i < 3000; i++) {
            requests.header("X-" + i, "v" + i);
        }
        assertEquals("v2999", variables.of(requests.request()).get("HTTP_X_2999"));
        assertEquals("v1", variables.of(requests.request()).get("HTTP_X_1"));
    }
}
