package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;

/** Whatever a proxy, or who pretends to be one, says about its client: nothing that could end one header and begin another. */
class ForwardedFuzz {

    private static final List<String> USUAL = List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port");

    /** Lines are values: of Forwarded, or of the usual headers in turn, as the first byte says. */
    @FuzzTest(maxDuration = "12s")
    void whatIsToldOnIsWellFormed(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", 20);
        HttpFields.Mutable headers = HttpFields.build();
        for (int i = 0; i < lines.length; i++) {
            boolean standard = bytes.length > 0 && (bytes[0] & 1) == 1;
            headers.add(standard ? "Forwarded" : USUAL.get(i % USUAL.size()), lines[i]);
        }
        List<ForwardedElement> elements;
        try {
            elements = ForwardedElement.of(headers);
        } catch (HttpException.RuntimeException refused) {
            return;
        }
        for (ForwardedElement element : elements) {
            String host = element.host();
            assertTrue(host == null || host.matches("[A-Za-z0-9._:-]+"), host);
            assertTrue(element.text().matches("(for=\"[0-9A-Fa-f.:\\[\\]]+\")?;?(proto=https?)?;?(host=\"[A-Za-z0-9._:\\[\\]-]+\")?"),
                    element.text());
        }
    }
}
