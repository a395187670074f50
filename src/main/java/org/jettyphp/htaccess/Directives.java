package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file, or a section of it, says; or several of them merged.
 *
 * @param rewrite null: nothing about rewriting
 */
record Directives(Access access, Routing routing, Typing typing, Freshness freshness, List<HeaderRule> headers, Environment environment,
        @Nullable RewriteRules rewrite) {

    Directives withRewrite(@Nullable RewriteRules other) {
        return new Directives(access, routing, typing, freshness, headers, environment, other);
    }

    Directives merge(Directives over) {
        List<HeaderRule> all = over.headers.isEmpty() ? headers : new ArrayList<>(headers);
        if (!over.headers.isEmpty()) {
            all.addAll(over.headers);
        }
        return new Directives(access.merge(over.access), routing.merge(over.routing), typing.merge(over.typing),
                freshness.merge(over.freshness), all, environment.merge(over.environment),
                over.rewrite == null ? rewrite : rewrite == null ? over.rewrite : rewrite.merge(over.rewrite));
    }
}
