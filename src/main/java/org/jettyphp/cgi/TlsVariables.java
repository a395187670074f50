package org.jettyphp.cgi;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** The TLS session under the names and in the spelling of Apache's mod_ssl ({@code SSLOptions +StdEnvVars}). */
final class TlsVariables {

    /** As OpenSSL prints it: the day is padded with a space. */
    private static final DateTimeFormatter OPENSSL_TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ENGLISH);

    private static final Map<String, String> EMAIL_BY_NAME = Map.of("1.2.840.113549.1.9.1", "emailAddress");

    /** mod_ssl's names for parts of a distinguished name, by the names that RFC 2253 and Java print. */
    private static final Map<String, String> DN_PARTS = Map.ofEntries(
            Map.entry("C", "C"), Map.entry("ST", "ST"), Map.entry("L", "L"), Map.entry("O", "O"), Map.entry("OU", "OU"),
            Map.entry("CN", "CN"), Map.entry("UID", "UID"), Map.entry("DC", "DC"), Map.entry("EMAILADDRESS", "Email"));

    private TlsVariables() {}

    static void add(VariableList list, TlsSession tls) throws VariableRefusedException {
        list.put(StandardVariable.SSL_PROTOCOL, tls.protocol());
        list.put(StandardVariable.SSL_CIPHER, tls.cipher());
        list.put(StandardVariable.SSL_CIPHER_USEKEYSIZE, tls.keySize() <= 0 ? null : Integer.toString(tls.keySize()));
        list.put(StandardVariable.SSL_SESSION_ID, tls.sessionId());
        X509Certificate certificate = tls.clientCertificate();
        // The container only shows a certificate that its trust manager has accepted.
        list.put(StandardVariable.SSL_CLIENT_VERIFY, certificate == null ? "NONE" : "SUCCESS");
        if (certificate != null) {
            certificate(list, certificate);
        }
    }

    private static void certificate(VariableList list, X509Certificate certificate) throws VariableRefusedException {
        list.put(StandardVariable.SSL_CLIENT_M_VERSION, Integer.toString(certificate.getVersion()));
        list.put(StandardVariable.SSL_CLIENT_M_SERIAL, serial(certificate));
        list.put(StandardVariable.SSL_CLIENT_V_START, time(certificate.getNotBefore().toInstant()));
        list.put(StandardVariable.SSL_CLIENT_V_END, time(certificate.getNotAfter().toInstant()));
        name(list, StandardVariable.SSL_CLIENT_S_DN, certificate.getSubjectX500Principal());
        name(list, StandardVariable.SSL_CLIENT_I_DN, certificate.getIssuerX500Principal());
    }

    private static void name(VariableList list, StandardVariable variable, X500Principal principal) throws VariableRefusedException {
        String name = principal.getName(X500Principal.RFC2253, EMAIL_BY_NAME);
        list.put(variable, name);
        Map<String, Integer> seen = new HashMap<>();
        for (Rdn rdn : rdns(variable, name)) {
            String part = DN_PARTS.get(rdn.getType().toUpperCase(Locale.ROOT));
            if (part != null && rdn.getValue() instanceof String value) {
                // As mod_ssl: the first of several is SSL_CLIENT_S_DN_OU, the next SSL_CLIENT_S_DN_OU_1.
                int before = seen.merge(part, 1, Integer::sum) - 1;
                list.put(variable.name() + "_" + part + (before == 0 ? "" : "_" + before), value);
            }
        }
    }

    private static List<Rdn> rdns(StandardVariable variable, String name) throws VariableRefusedException {
        try {
            return new LdapName(name).getRdns();
        } catch (InvalidNameException e) {
            throw new VariableRefusedException(variable.name(), "the certificate's name cannot be read: " + e.getMessage());
        }
    }

    /** Whole bytes, as OpenSSL prints it. */
    private static String serial(X509Certificate certificate) {
        String hex = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }

    private static String time(Instant instant) {
        return OPENSSL_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }
}
