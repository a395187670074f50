package org.jettyphp.cgi;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** A client certificate with an accent, a comma, two units and a mail address in its name. */
final class Certificates {

    private static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIICRzCCAe6gAwIBAgIDChssMAoGCCqGSM49BAMCMIGAMQswCQYDVQQGEwJERTEO
            MAwGA1UECAwFS8O2bG4xFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xDDAKBgNVBAsM
            A09uZTEMMAoGA1UECwwDVHdvMQ8wDQYDVQQDDAZjbGllbnQxHDAaBgkqhkiG9w0B
            CQEWDWFAZXhhbXBsZS5vcmcwIBcNMjYxMTI0MTM0NTUwWhgPMjA4MTA4MjcxMzQ1
            NTBaMIGAMQswCQYDVQQGEwJERTEOMAwGA1UECAwFS8O2bG4xFjAUBgNVBAoMDUV4
            YW1wbGUsIEluYy4xDDAKBgNVBAsMA09uZTEMMAoGA1UECwwDVHdvMQ8wDQYDVQQD
            DAZjbGllbnQxHDAaBgkqhkiG9w0BCQEWDWFAZXhhbXBsZS5vcmcwWTATBgcqhkjO
            PQIBBggqhkjOPQMBBwNCAAQdE5uxhmH04q5gdwHXQ2Iudg2Y3/LxaFLXhFxJ40PJ
            27NGOiNSBzKR+jKp2NrMkOXJpTftXpyMUBdU+JVnKy5ao1MwUTAdBgNVHQ4EFgQU
            dsL/d2s4aoOAGp4/InqwB2C2UHowHwYDVR0jBBgwFoAUdsL/d2s4aoOAGp4/Inqw
            B2C2UHowDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAFYT2bVthr
            w5hScxQqc7brom5eFswlf9IFdotvmIKkLwIgL+QGn3YAYq2jRmh1RpAumUm/+lkf
            n1w2RVezh8DLnBE=
            -----END CERTIFICATE-----
            """;

    private Certificates() {}

    static X509Certificate client() {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(PEM.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
