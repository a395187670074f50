package org.jettyphp.cgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values are those that Apache 2.4 with mod_ssl sent for the same certificate. */
class TlsVariablesTest {

    private final Requests requests = new Requests();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "SSL_PROTOCOL | TLSv1.3",
            "SSL_CIPHER | TLS_AES_256_GCM_SHA384",
            "SSL_CIPHER_USEKEYSIZE | 256",
            "SSL_SESSION_ID | 00ff",
            "SSL_CLIENT_VERIFY | SUCCESS",
            "SSL_CLIENT_M_VERSION | 3",
            "SSL_CLIENT_M_SERIAL | 0A1B2C",
            "SSL_CLIENT_V_START | Nov 24 13:45:50 2026 GMT",
            "SSL_CLIENT_V_END | Aug 27 13:45:50 2081 GMT",
            "SSL_CLIENT_S_DN | emailAddress=a@example.org,CN=client,OU=Two,OU=One,O=Example\\, Inc.,ST=Köln,C=DE",
            "SSL_CLIENT_I_DN | emailAddress=a@example.org,CN=client,OU=Two,OU=One,O=Example\\, Inc.,ST=Köln,C=DE",
            "SSL_CLIENT_S_DN_C | DE",
            "SSL_CLIENT_S_DN_ST | Köln",
            "SSL_CLIENT_S_DN_O | Example, Inc.",
            "SSL_CLIENT_S_DN_OU | One",
            "SSL_CLIENT_S_DN_OU_1 | Two",
            "SSL_CLIENT_S_DN_CN | client",
            "SSL_CLIENT_S_DN_Email | a@example.org",
            "SSL_CLIENT_I_DN_CN | client",
    })
    void aClientCertificateIsShownAsModSslShowsIt(String name, String value) throws Exception {
        requests.tls = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", 256, "00ff", Certificates.client());
        assertEquals(value, requests.variables().get(name));
    }

    @Test
    void withoutACertificateOnlyTheSessionIsShown() throws Exception {
        requests.tls = new TlsSession("TLSv1.3", null, 0, null, null);
        CgiVariables variables = requests.variables();
        assertEquals("NONE", variables.get("SSL_CLIENT_VERIFY"));
        assertNull(variables.get("SSL_CIPHER"));
        assertNull(variables.get("SSL_CIPHER_USEKEYSIZE"));
        assertNull(variables.get("SSL_CLIENT_S_DN"));
    }
}
