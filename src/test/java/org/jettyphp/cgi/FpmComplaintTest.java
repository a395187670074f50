package org.jettyphp.cgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FpmComplaintTest {

    private static final FpmComplaint.Sent SENT = new FpmComplaint.Sent("/app/a.php", "/srv/www", "/app");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "Primary script unknown | PRIMARY_SCRIPT_UNKNOWN | scriptRoot /app",
            "Access to the script '/app/a.txt' has been denied (see security.limit_extensions) | ACCESS_DENIED_LIMIT_EXTENSIONS | scriptExtensions",
            "Unable to open primary script: /app/a.php (Permission denied) | UNABLE_TO_OPEN | (Permission denied)",
            "PHP message: PHP Warning:  PHP Request Startup: Failed to open stream: Permission denied in Unknown on line 0; Unable to open "
                    + "primary script: /app/a.php (Permission denied) | UNABLE_TO_OPEN | It says: Unable to open",
            "PHP message: PHP Warning:  PHP Request Startup: POST Content-Length of 30 bytes exceeds the limit of 10 bytes in Unknown on line 0; "
                    + "Primary script unknown | PRIMARY_SCRIPT_UNKNOWN | scriptRoot /app",
            "Passing INI directive through FastCGI: unable to set 'memory_limt'; PHP message: y | INI_NOT_SET | ini.memory_limt or adminIni",
            "Passing INI directive through FastCGI: unable to set 'a'; Primary script unknown | PRIMARY_SCRIPT_UNKNOWN | scriptRoot /app",
            "PHP message: x; PHP message: PHP Warning:  PHP Request Startup: POST Content-Length of 30 bytes exceeds the limit of 10 bytes in "
                    + "Unknown on line 0; PHP message: y | POST_TOO_LARGE | POST Content-Length of 30 bytes exceeds the limit of 10 bytes (",
    })
    void aComplaintOfFpmHasAnAdvice(String stderr, FpmComplaint.Kind kind, String part) {
        FpmComplaint complaint = FpmComplaint.in(stderr);
        assertEquals(kind, complaint.kind());
        assertTrue(complaint.advice(SENT).contains("/app/a.php"), complaint.advice(SENT));
        assertTrue(complaint.advice(SENT).contains(part), complaint.advice(SENT));
    }

    @Test
    void aScriptUnknownNamesBothRoots() {
        String advice = FpmComplaint.in("Primary script unknown").advice(SENT);
        assertTrue(advice.contains("documentRoot /srv/www") && advice.contains("scriptRoot /app"), advice);
    }

    @Test
    void aBodyTooLargeNamesTheThreeValues() {
        String advice = FpmComplaint.in("POST Content-Length of 30 bytes exceeds the limit of 10 bytes").advice(SENT);
        for (String name : new String[] {"CONTENT_LENGTH", "post_max_size", "maxRequestBody"}) {
            assertTrue(advice.contains(name), advice);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PHP message: Primary script unknown", "PHP message: x; Primary script unknown",
            "PHP message: Unable to open primary script: x", "Passing INI directive through FastCGI: unable to set 'x",
            "PHP message: Passing INI directive through FastCGI: unable to set 'x'",
            "Access to the script 'x'",
            "POST Content-Length of", " bytes exceeds the limit of 10 bytes", "PHP Warning:  Undefined variable $x"})
    void whatAScriptSaysIsNoComplaintOfFpm(String stderr) {
        assertNull(FpmComplaint.in(stderr));
    }
}
