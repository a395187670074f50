package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.List;

/** Gathers the directives of a file or a section. */
final class Scope {

    private final AccessLines access = new AccessLines();
    private final RoutingLines routing = new RoutingLines();
    private final TypingLines typing = new TypingLines();
    private final Freshness.Reader freshness = new Freshness.Reader();
    private final Environment.Reader environment = new Environment.Reader();
    private final RewriteLines rewrite = new RewriteLines();
    private final List<HeaderRule> headers = new ArrayList<>();
    private final PhpLines php;
    private final List<Lines> all;

    /** That of a section for access. */
    Scope() {
        this(false);
    }

    /** {@code ofFiles}: that of the whole file, or of a section for some files. */
    Scope(boolean ofFiles) {
        php = new PhpLines(ofFiles);
        all = List.of(rewrite, access, routing, typing, freshness, environment, this::takeHeader, php);
    }

    private boolean takeHeader(Line line) throws NotUnderstoodException {
        return line.key().equals("header") && headers.add(HeaderRule.of(line.words()));
    }

    /** Takes a line; false if nobody knows the directive. */
    boolean take(Line line) throws NotUnderstoodException {
        for (Lines lines : all) {
            if (lines.take(line)) {
                return true;
            }
        }
        return false;
    }

    AccessLines access() {
        return access;
    }

    /** Values for PHP, which are not decided by request. */
    PhpLines php() {
        return php;
    }

    Directives made() {
        return new Directives(access.made(), routing.made(), typing.made(), freshness.made(), List.copyOf(headers), environment.made(),
                rewrite.made());
    }
}
