package org.jettyphp.cgi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jettyphp.fastcgi.RequestHead;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a request is for PHP, and the head of its answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CgiBenchmark {

    private static final CgiRequest REQUEST = new CgiRequest(
            new CgiRequest.Line("GET", "HTTP/1.1", "http", "/2026/11/a-title?page=2", "page=2"),
            new CgiRequest.Script("", "/index.php", "/srv/wordpress/index.php", null, "/srv/wordpress"),
            new CgiRequest.Connection("192.0.2.7", 51234, "192.0.2.1", "blog.example", 8080), CgiRequest.Login.NONE, null,
            new CgiRequest.Body(-1, null),
            List.of(new Header("Host", "blog.example:8080"),
                    new Header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"),
                    new Header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"),
                    new Header("Accept-Language", "en-GB,en;q=0.9"), new Header("Accept-Encoding", "gzip, deflate, br, zstd"),
                    new Header("Referer", "http://blog.example:8080/"), new Header("Cookie", "wordpress_logged_in=someone; wp-settings-1=x"),
                    new Header("Connection", "keep-alive"), new Header("Upgrade-Insecure-Requests", "1"),
                    new Header("Sec-Fetch-Mode", "navigate")),
            name -> null, Map.of());

    private static final byte[] HEAD = """
            X-Powered-By: PHP/8.2.30\r
            Link: <http://blog.example:8080/wp-json/>; rel="https://api.w.org/"\r
            Content-type: text/html; charset=UTF-8\r
            Set-Cookie: a=b; path=/; HttpOnly\r
            Cache-Control: no-cache, must-revalidate, max-age=0\r
            Expires: Wed, 11 Jan 1984 05:00:00 GMT\r
            \r
            """.getBytes(StandardCharsets.US_ASCII);

    private final Variables variables = new Variables(CgiSettings.defaults(), "Jetty");

    @Benchmark
    public Object encodeVariables() throws VariableRefusedException {
        RequestHead head = new RequestHead();
        variables.of(REQUEST).forEach(head::add);
        return head.finish();
    }

    @Benchmark
    public ResponseHead parseHead() throws ResponseHeadException {
        ResponseHeadParser parser = new ResponseHeadParser(CgiSettings.DEFAULT_MAX_RESPONSE_HEADER);
        parser.parse(ByteBuffer.wrap(HEAD));
        return parser.head();
    }
}
