package org.jettyphp.cgi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The variables whose names are known beforehand: those of RFC 3875, section 4.1, and those that Apache or nginx add. Which of the two
 * sends what, and why some are left out here, is told in {@code src/site/markdown/variables.md}.
 */
enum StandardVariable {
    GATEWAY_INTERFACE, SERVER_SOFTWARE, REDIRECT_STATUS,
    REQUEST_METHOD, REQUEST_URI, REQUEST_SCHEME, QUERY_STRING, SERVER_PROTOCOL, HTTPS,
    SCRIPT_NAME, SCRIPT_FILENAME, DOCUMENT_URI, DOCUMENT_ROOT, CONTEXT_PREFIX, CONTEXT_DOCUMENT_ROOT, PATH_INFO, PATH_TRANSLATED,
    REMOTE_ADDR, REMOTE_PORT, SERVER_ADDR, SERVER_NAME, SERVER_PORT, REMOTE_USER, AUTH_TYPE,
    CONTENT_LENGTH, CONTENT_TYPE,
    SSL_PROTOCOL, SSL_CIPHER, SSL_CIPHER_USEKEYSIZE, SSL_SESSION_ID, SSL_CLIENT_VERIFY, SSL_CLIENT_M_VERSION, SSL_CLIENT_M_SERIAL,
    SSL_CLIENT_V_START, SSL_CLIENT_V_END, SSL_CLIENT_S_DN, SSL_CLIENT_I_DN,
    PHP_VALUE, PHP_ADMIN_VALUE;

    private static final Set<String> NAMES = Arrays.stream(values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    final byte[] bytes = name().getBytes(StandardCharsets.US_ASCII);

    static boolean isOne(String name) {
        return NAMES.contains(name);
    }
}
