package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextPathTest {

    @ParameterizedTest
    @CsvSource({"'', /x.php, /x.php", "/blog, /blog/x.php, /x.php", "/blog, /blog, /", "/blog, /%62log/x%2Fy, /x%2Fy",
            "/blog, /blog;v=1/x.php;w, /x.php;w", "/bl%C3%B6g, /bl%c3%b6g/x, /x", "/blög, /bl%C3%B6g/x, /x", "/~me, /%7Eme/x, /x",
            "/a/b, /a/%62/c/d, /c/d", "/a/b, /a/b, /", "/blog, /blogs/x, /blogs/x", "/blog, /x/../blog/y, /y", "/blog, /./blog/y, /y",
            "/blog, /blog/../blog/y, /y",
            "/blog, /blog/./y, /y", "/blog, /blog/.x/y, /.x/y", "/blog, /blog/a/../y, /y", "/blog, /blog/../y, /blog/../y",
            "/blog, /x/..;/blog/y, /x/..;/blog/y", "/a/b, /a/x/%2E%2e/b/y/., /y/", "/blog, /x//../blog//y%2Fz;v, /y%2Fz;v",
            "/blog, /x/../blog, /", "/a/b, /./a, /./a",
            "/blog, //blog/y, //blog/y", "/a/b, /a, /a"})
    void whatIsBelowAContextIsFoundWhicheverWayThatIsSpelled(String context, String path, String below) {
        assertEquals(below, ContextPath.of(context).below(path));
    }

    @ParameterizedTest
    @CsvSource({"/bl%C3%B6g, /blög, /bl%C3%B6g", "/blög, /blög, /bl%C3%B6g", "/a b, /a b, /a%20b", "'', '', ''"})
    void bothSpellingsAreKnown(String spelled, String decoded, String encoded) {
        assertEquals(decoded, ContextPath.of(spelled).decoded());
        assertEquals(encoded, ContextPath.of(spelled).encoded());
    }
}
