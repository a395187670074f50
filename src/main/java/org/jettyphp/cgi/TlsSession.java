package org.jettyphp.cgi;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The client's TLS session, as far as the container tells.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param cipher the cipher suite by its IANA name, for example {@code TLS_AES_256_GCM_SHA384}
 * @param keySize bits of the cipher's key; 0: unknown
 * @param sessionId hexadecimal
 * @param clientCertificate the certificate that the container has accepted; null: none was sent
 */
public record TlsSession(
        @Nullable String protocol,
        @Nullable String cipher,
        int keySize,
        @Nullable String sessionId,
        @Nullable X509Certificate clientCertificate) {}
