package org.jettyphp.cgi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnParamsTest {

    private final Requests requests = new Requests();

    @Test
    void aConstantIsSentAsUtf8() throws Exception {
        assertEquals("prödü$tion}", variables("APP_ENV", "prödü$tion}").get("APP_ENV"));
        assertEquals("", variables("APP_ENV", "").get("APP_ENV"));
    }

    @Test
    void placeholdersAreReplaced() throws Exception {
        requests.header("X-Real-IP", "192.0.2.9");
        requests.attributes.put("user.id", 42);
        assertEquals("<192.0.2.9|42|/home/x>", variables("OWN", "<${header:x-real-ip}|${attr:user.id}|${env:HOME}>").get("OWN"));
    }

    @Test
    void anOwnParameterWinsOverHeaderAndStandardVariable() throws Exception {
        requests.header("X-User", "forged");
        assertEquals("own", variables("HTTP_X_USER", "own").get("HTTP_X_USER"));
        assertEquals("own", variables("SERVER_NAME", "own").get("SERVER_NAME"));
        assertEquals("own", variables("HTTP_HOST", "own").get("HTTP_HOST"));
    }

    @Test
    void whereThePlaceholderIsMissingTheClientsHeaderStillDoesNotPass() throws Exception {
        requests.header("X-User", "forged");
        assertNull(variables("HTTP_X_USER", "${attr:user}").get("HTTP_X_USER"));
    }

    @Test
    void aMissingPlaceholderBesideTextIsEmpty() throws Exception {
        assertEquals("u=", variables("OWN", "u=${attr:user}").get("OWN"));
        assertNull(variables("OWN", "${attr:user}${header:X}").get("OWN"));
    }

    @Test
    void severalHeadersOfOneNameAreJoined() throws Exception {
        requests.header("X-A", "1").header("x-a", "2").header("X_A", "forged");
        assertEquals("1, 2", variables("OWN", "${header:X-A}").get("OWN"));
    }

    @Test
    void aHeadersBytesPassUnchanged() throws Exception {
        requests.header("X-A", "\u00c3\u00a4");
        CgiVariables variables = variables("OWN", "${header:X-A}");
        assertArrayEquals("ä".getBytes(StandardCharsets.UTF_8), variables.value(variables.size() - 1));
    }

    @Test
    void aControlCharacterFromARequestIsRefused() {
        requests.attributes.put("a", "x\nPHP_VALUE");
        assertThrows(VariableRefusedException.class, () -> variables("OWN", "${attr:a}"));
        requests.header("X-A", "x\u0000");
        assertThrows(VariableRefusedException.class, () -> variables("OWN", "${header:X-A}"));
    }

    @Test
    void whatAPlaceholderBringsIsNotExpandedAgain() throws Exception {
        requests.header("X-A", "${env:HOME}");
        assertEquals("${env:HOME}", variables("OWN", "${header:X-A}").get("OWN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PHP_VALUE", "php_value", "PHP_ADMIN_VALUE", "Php_Admin_Value", "SCRIPT_FILENAME", "script_filename",
            "REQUEST_BODY_FILE", "request_body_file", "CONTENT_LENGTH", "REDIRECT_URL", "", "A-B", "A B", "1A", "A.B", "A=B", "Ä", "A\n"})
    void aNameThatCouldTakePhpOverOrNotArriveIsRefusedAtStart(String name) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> variables(name, "x"));
        assertTrue(refused.getMessage().startsWith("param."), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${}", "${header:X", "${header}", "${header:}", "${foo:X}", "a${b}c:d", "${ENV:X}", "${env:NOT_SET}",
            "a\nb", "${env:BROKEN}"})
    void aMalformedValueIsRefusedAtStart(String value) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> variables("OWN", value));
        assertTrue(refused.getMessage().startsWith("param.OWN"), refused.getMessage());
    }

    @Test
    void aServerNamedLikeIisIsRefusedAtStart() {
        assertThrows(IllegalArgumentException.class, () -> variables("SERVER_SOFTWARE", "microsoft-iis/10"));
    }

    private CgiVariables variables(String name, String value) throws VariableRefusedException {
        CgiSettings settings = new CgiSettings(Map.of(name, value), Map.of(), Map.of(), false, 262144);
        return new Variables(settings, "test", Map.of("HOME", "/home/x", "BROKEN", "a\nb")::get).of(requests.request());
    }
}
