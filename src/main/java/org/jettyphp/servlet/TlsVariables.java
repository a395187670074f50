package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the container knows of TLS, by the names of Apache's mod_ssl. */
record TlsVariables(HttpServletRequest request) {

    Map<String, String> all() {
        if (!request.isSecure()) {
            return Map.of();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        put(variables, "SSL_PROTOCOL", "jakarta.servlet.request.secure_protocol");
        put(variables, "SSL_CIPHER", "jakarta.servlet.request.cipher_suite");
        put(variables, "SSL_CIPHER_USEKEYSIZE", "jakarta.servlet.request.key_size");
        put(variables, "SSL_SESSION_ID", "jakarta.servlet.request.ssl_session_id");
        if (request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain && chain.length > 0) {
            variables.put("SSL_CLIENT_S_DN", chain[0].getSubjectX500Principal().getName());
            variables.put("SSL_CLIENT_I_DN", chain[0].getIssuerX500Principal().getName());
            variables.put("SSL_CLIENT_M_SERIAL", chain[0].getSerialNumber().toString(16).toUpperCase(Locale.ROOT));
            variables.put("SSL_CLIENT_VERIFY", "SUCCESS");
        }
        return variables;
    }

    private void put(Map<String, String> variables, String name, String attribute) {
        Object value = request.getAttribute(attribute);
        if (value != null) {
            variables.put(name, value.toString());
        }
    }
}
