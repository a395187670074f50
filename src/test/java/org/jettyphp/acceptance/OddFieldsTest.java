package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that cannot be read, or only by somebody lenient: nobody's fault but the client's, and nothing to fail over. */
class OddFieldsTest extends BehindFakeFpm {

    private static final List<String> NAMES = List.of("Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Authorization",
            "Cache-Control", "Connection", "Content-Type", "Cookie", "Expect", "Forwarded", "If-Match", "If-Modified-Since",
            "If-None-Match",
            "If-Range", "If-Unmodified-Since", "Keep-Alive", "Origin", "Pragma", "Priority", "Range", "TE", "Trailer", "Upgrade", "Via",
            "X-Forwarded-For");

    private int serve() throws Exception {
        Trees.write(root, "page.txt", "A page.\n".repeat(100));
        Trees.write(root, "page.txt.gz", "compressed");
        return serve((request, wire) -> wire.stdout("Content-Type: text/plain\r\n\r\n" + "A page.\n".repeat(100)).end(0), "precompressed",
                "gzip", "trustedProxies", "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", ";q=\"\"", "a;q=\"", "=,;", "\\", "a;q=x", ",,", "=h(s;a=\"b\", c=", "a;q=1;q=2;q", "bytes=", "bytes=\"",
            "bytes=-", "bytes=0-,-", "W/\"", "("})
    void noneOfThemIsAnErrorOfTheServers(String value) throws Exception {
        int port = serve();
        List<String> errors = new ArrayList<>();
        for (String path : List.of("/x.php", "/page.txt", "/", "/none")) {
            for (String name : NAMES) {
                int status = RawHttp.get(port, path, name + ": " + value).status();
                if (status >= 500) {
                    errors.add(path + " " + name + ": " + status);
                }
            }
        }
        assertEquals(List.of(), errors);
    }

    @ParameterizedTest
    @CsvSource({"Accept-Encoding, 200", "If-None-Match, 200", "Range, 200", "If-Match, 412"})
    void aFileIsSentAsIfTheFieldWereNotThereUnlessThatIsWhatItForbids(String name, int status) throws Exception {
        int port = serve();
        assertEquals(status, RawHttp.get(port, "/page.txt", name + ": \"").status());
        assertEquals(status, RawHttp.get(port, "/page.txt", name + ": ;q=\"\"").status());
    }

    @Test
    void whatElseTheRequestSaysStillCounts() throws Exception {
        int port = serve();
        assertEquals("compressed", RawHttp.get(port, "/page.txt", "If-None-Match: \"", "Accept-Encoding: gzip").body());
        assertEquals("page", RawHttp.get(port, "/page.txt", "Accept-Encoding: \"", "Range: bytes=2-5").body());
    }
}
