package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a URL leads beside rewriting.
 *
 * @param index null: not said
 * @param fallback empty: none, whatever is said above; null: not said
 * @param lists whether a directory may be listed; null: not said
 * @param errorDocuments by status; empty: none, whatever is said above
 */
record Routing(@Nullable List<String> index, @Nullable String fallback, @Nullable Boolean lists, Map<Integer, String> errorDocuments,
        List<RedirectRule> redirects) {

    Routing merge(Routing over) {
        Map<Integer, String> documents = new HashMap<>(errorDocuments);
        documents.putAll(over.errorDocuments);
        List<RedirectRule> deepestFirst = new ArrayList<>(over.redirects);
        deepestFirst.addAll(redirects);
        return new Routing(over.index != null ? over.index : index, over.fallback != null ? over.fallback : fallback,
                over.lists != null ? over.lists : lists, documents, deepestFirst);
    }
}
