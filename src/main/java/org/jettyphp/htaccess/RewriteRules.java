package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one file says about rewriting.
 *
 * @param on {@code RewriteEngine}; null: not said
 * @param base {@code RewriteBase}; null: none
 * @param inherits whether the rules of the directory above follow
 */
record RewriteRules(@Nullable Boolean on, @Nullable String base, boolean inherits, List<RewriteRule> rules) {

    /** A file further down that says anything about rewriting takes the place of what was said above, but for whether it is on. */
    RewriteRules merge(RewriteRules over) {
        List<RewriteRule> all = over.rules;
        if (over.inherits) {
            all = new ArrayList<>(over.rules);
            all.addAll(rules);
        }
        return new RewriteRules(over.on != null ? over.on : on, over.base, over.inherits, all);
    }

    /** These, and others behind them. Where one of the two is switched off, both are. */
    RewriteRules then(RewriteRules others) {
        List<RewriteRule> all = new ArrayList<>(rules);
        all.addAll(others.rules);
        return new RewriteRules(!Boolean.FALSE.equals(on) && !Boolean.FALSE.equals(others.on), base != null ? base : others.base, false,
                List.copyOf(all));
    }

    RewriteRules onUnlessOff() {
        return new RewriteRules(on == null || on, base, inherits, rules);
    }

    boolean apply() {
        return Boolean.TRUE.equals(on) && !rules.isEmpty();
    }
}
