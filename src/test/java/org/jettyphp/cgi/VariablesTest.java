package org.jettyphp.cgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {

    private final Requests requests = new Requests();

    @ParameterizedTest
    @CsvSource({
            "GATEWAY_INTERFACE, CGI/1.1",
            "SERVER_SOFTWARE, jetty-php-fpm/1.0",
            "REDIRECT_STATUS, 200",
            "REQUEST_METHOD, GET",
            "REQUEST_URI, /info.php?x=1",
            "REQUEST_SCHEME, http",
            "QUERY_STRING, x=1",
            "SERVER_PROTOCOL, HTTP/1.1",
            "SCRIPT_NAME, /info.php",
            "SCRIPT_FILENAME, /srv/www/info.php",
            "DOCUMENT_URI, /info.php",
            "DOCUMENT_ROOT, /srv/www",
            "CONTEXT_DOCUMENT_ROOT, /srv/www",
            "REMOTE_ADDR, 192.0.2.7",
            "REMOTE_PORT, 50123",
            "SERVER_ADDR, 192.0.2.1",
            "SERVER_NAME, example.org",
            "SERVER_PORT, 8080",
    })
    void aPlainRequestHasItsVariables(String name, String value) throws Exception {
        assertEquals(value, requests.variables().get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS", "PATH_INFO", "PATH_TRANSLATED", "REMOTE_USER", "AUTH_TYPE", "CONTENT_LENGTH", "CONTENT_TYPE",
            "REDIRECT_URL", "SSL_PROTOCOL", "SSL_CLIENT_VERIFY", "PHP_VALUE", "PHP_ADMIN_VALUE", "HTTP_HOST"})
    void whatDoesNotApplyIsNotSent(String name) throws Exception {
        assertNull(requests.variables().get(name));
    }

    @Test
    void theQueryIsSentEmptyWhereThereIsNone() throws Exception {
        requests.line = new CgiRequest.Line("GET", "HTTP/1.1", "http", "/info.php", null);
        assertEquals("", requests.variables().get("QUERY_STRING"));
    }

    @Test
    void uriAndQueryStayAsSentWhilePathsAreDecoded() throws Exception {
        requests.line = new CgiRequest.Line("GET", "HTTP/1.1", "http", "/p%C3%A4ge%20x.php/%C3%B8%2By?a=x|y%20z", "a=x|y%20z");
        requests.script = new CgiRequest.Script("", "/päge x.php", "/srv/www/päge x.php", "/ø+y", "/srv/www");
        CgiVariables variables = requests.variables();
        assertEquals("/p%C3%A4ge%20x.php/%C3%B8%2By?a=x|y%20z", variables.get("REQUEST_URI"));
        assertEquals("a=x|y%20z", variables.get("QUERY_STRING"));
        assertEquals("/päge x.php", variables.get("SCRIPT_NAME"));
        assertEquals("/srv/www/päge x.php", variables.get("SCRIPT_FILENAME"));
        assertEquals("/ø+y", variables.get("PATH_INFO"));
        assertEquals("/srv/www/ø+y", variables.get("PATH_TRANSLATED"));
        assertEquals("/päge x.php/ø+y", variables.get("DOCUMENT_URI"));
    }

    @Test
    void aContextPathIsPartOfScriptNameAndDocumentUri() throws Exception {
        requests.script = new CgiRequest.Script("/blog", "/index.php", "/srv/blog/index.php", "/a", "/srv/blog");
        CgiVariables variables = requests.variables();
        assertEquals("/blog/index.php", variables.get("SCRIPT_NAME"));
        assertEquals("/blog/index.php/a", variables.get("DOCUMENT_URI"));
        assertEquals("/blog", variables.get("CONTEXT_PREFIX"));
        assertEquals("/srv/blog", variables.get("DOCUMENT_ROOT"));
    }

    @Test
    void httpsIsOnOverTls() throws Exception {
        requests.line = new CgiRequest.Line("GET", "HTTP/2.0", "https", "/", null);
        assertEquals("on", requests.variables().get("HTTPS"));
    }

    @Test
    void anEmptyBodyThatWasDeclaredHasLengthZero() throws Exception {
        requests.body = new CgiRequest.Body(0, null);
        assertEquals("0", requests.variables().get("CONTENT_LENGTH"));
    }

    @Test
    void aBodyHasLengthAndType() throws Exception {
        requests.body = new CgiRequest.Body(5_000_000_000L, "text/plain; charset=utf-8");
        CgiVariables variables = requests.variables();
        assertEquals("5000000000", variables.get("CONTENT_LENGTH"));
        assertEquals("text/plain; charset=utf-8", variables.get("CONTENT_TYPE"));
    }

    @Test
    void theLoginIsSpelledAsApacheSpellsIt() throws Exception {
        requests.login = new CgiRequest.Login("jörg", "BASIC");
        CgiVariables variables = requests.variables();
        assertEquals("jörg", variables.get("REMOTE_USER"));
        assertEquals("Basic", variables.get("AUTH_TYPE"));
    }

    @Test
    void ipv6AddressesLoseBracketsAndZerosButTheServersNameKeepsIts() throws Exception {
        requests.connection = new CgiRequest.Connection("[0:0:0:0:0:0:0:1]", 1, "0:0:0:0:0:0:0:1", "[::1]", 8080);
        CgiVariables variables = requests.variables();
        assertEquals("::1", variables.get("REMOTE_ADDR"));
        assertEquals("::1", variables.get("SERVER_ADDR"));
        assertEquals("[::1]", variables.get("SERVER_NAME"));
    }

    @Test
    void noNameIsSentTwice() throws Exception {
        requests.header("X-A", "1").header("x-a", "2").header("X_A", "3").header("Host", "h").header("Cookie", "a=b");
        requests.tls = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", 256, "00ff", Certificates.client());
        requests.body = new CgiRequest.Body(3, "a/b");
        CgiSettings settings = new CgiSettings(Map.of("HTTP_X_A", "own", "HTTPS", "on", "SSL_CLIENT_S_DN_CN", "own", "OTHER", "own"),
                Map.of("memory_limit", "1G"), Map.of("open_basedir", "/srv"), true, 262144);
        Set<String> names = new HashSet<>();
        requests.variables(settings).forEach((name, value) -> {
            String text = new String(name, StandardCharsets.UTF_8);
            assertTrue(names.add(text), text + " came twice");
        });
        assertTrue(names.containsAll(Set.of("HTTP_X_A", "HTTPS", "SSL_CLIENT_S_DN_CN", "OTHER", "PHP_VALUE", "PHP_ADMIN_VALUE")));
    }

    @ParameterizedTest
    @ValueSource(chars = {0, 1, '\t', '\n', '\r', 0x1f, 0x7f})
    void aControlCharacterInAPathIsRefused(char c) {
        requests.script = new CgiRequest.Script("", "/a.php", "/srv/www/a.php", "/x" + c, "/srv/www");
        VariableRefusedException refused = assertThrows(VariableRefusedException.class, requests::variables);
        assertEquals("DOCUMENT_URI", refused.variable());
    }

    @Test
    void halfASurrogateIsRefusedBecauseItWouldNameAnotherFile() {
        requests.script = new CgiRequest.Script("", "/a.php", "/srv/www/\ud83d.php", null, "/srv/www");
        assertThrows(VariableRefusedException.class, requests::variables);
    }

    @Test
    void aWholeSurrogatePairIsFourBytes() throws Exception {
        requests.script = new CgiRequest.Script("", "/a.php", "/srv/www/a.php", "/\ud83d\ude00", "/srv/www");
        assertEquals("/\ud83d\ude00", requests.variables().get("PATH_INFO"));
    }

    @Test
    void longValuesAreNotLimited() throws Exception {
        String path = "/" + "ä".repeat(40_000);
        requests.script = new CgiRequest.Script("", "/a.php", "/srv/www/a.php", path, "/srv/www");
        assertEquals(path, requests.variables().get("PATH_INFO"));
    }

    @Test
    void aServerNamedLikeIisIsRefusedAtStart() {
        assertThrows(IllegalArgumentException.class, () -> new Variables(CgiSettings.defaults(), "Microsoft-IIS/7.0"));
    }

    @Test
    void credentialsAreBlankedInALog() throws Exception {
        requests.header("Authorization", "Basic c2VjcmV0").header("Cookie", "sid=c2VjcmV0").header("X-Api-Key", "c2VjcmV0");
        String text = requests.variables(new CgiSettings(Map.of("DB_PASSWORD", "c2VjcmV0"), Map.of("mysqli.default_pw", "c2VjcmV0"),
                Map.of(), false, 262144)).toString();
        assertFalse(text.contains("c2VjcmV0"), text);
        assertTrue(text.contains("DB_PASSWORD=(blanked)"), text);
    }
}
