package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteKeyTest {

    @ParameterizedTest
    @CsvSource({"blog.example, blog.example", "Blog.Example, blog.example", "blog.example:8080, blog.example",
            "blog.example., blog.example",
            "blog.example/, blog.example", "blog.example:80/shop/, blog.example/shop", "*.example, *.example", "/shop, /shop",
            "/a/b/, /a/b",
            "/, /", "[::1]:8080, [::1]", "127.0.0.1/x, 127.0.0.1/x", "/ä.b~c, /ä.b~c"})
    void aHostAPathOrBoth(String written, String read) {
        assertEquals(read, SiteKey.of(written).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*example", "a.*.example", "bücher.example", "http://blog.example", "blog.example:x", "//shop", "/a//b",
            "/a/../b",
            "/.", "/..", "/a b", "/a%20b", "/a;b", "/a?b", "/a#b", "/a\\b", "blog.example/a/./b"})
    void whatIsNoneIsRefused(String written) {
        String message = assertThrows(IllegalArgumentException.class, () -> SiteKey.of(written)).getMessage();
        assertTrue(message.startsWith("site." + written + ": "), message);
    }

    @ParameterizedTest
    @CsvSource({"blog.example, blog.example, true", "blog.example, www.blog.example, false", "*.example, blog.example, true",
            "*.example, a.b.example, true", "*.example, example, false", "*.example, badexample, false", "/shop, anything, true"})
    void hosts(String key, String host, boolean itsOwn) {
        assertEquals(itsOwn, SiteKey.of(key).hasHost(host));
    }

    @ParameterizedTest
    @CsvSource({"/shop, /shop, true", "/shop, /shop/, true", "/shop, /shop/a, true", "/shop, /shops, false", "/shop, /, false",
            "/shop, /Shop/, false", "blog.example, /, true", "blog.example, '', true", "blog.example, /a, true"})
    void paths(String key, String path, boolean itsOwn) {
        assertEquals(itsOwn, SiteKey.of(key).hasPath(path));
    }

    @Test
    void theLongestPathThenAHostThenTheLongerPatternThenAllHosts() {
        List<String> keys =
                List.of("/", "*.example", "blog.example", "*.deep.example", "/shop", "*.example/shop", "blog.example/shop/cart");
        assertEquals(
                List.of("blog.example/shop/cart", "*.example/shop", "/shop", "blog.example", "*.deep.example", "*.example", "/"),
                keys.stream().map(SiteKey::of).sorted(SiteKey.STRONGEST_FIRST).map(SiteKey::toString).toList());
    }
}
