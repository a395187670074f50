package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one file says about rewriting.
 *
 * @param on {@code RewriteEngine}; null: not said
 * @param base {@code RewriteBase}; null: none
 * @param inheritance {@code RewriteOptions}; null: not said
 */
record RewriteRules(@Nullable Boolean on, @Nullable String base, @Nullable Set<Inheritance> inheritance, List<RewriteRule> rules) {

    /** Whether the rules of the directory above are asked as well, behind one's own or before them: said by who has them, or for all further down. */
    enum Inheritance {
        INHERIT, INHERITBEFORE, INHERITDOWN, INHERITDOWNBEFORE, IGNOREINHERIT
    }

    /**
     * A file further down that says anything about rewriting takes the place of what was said above, but for whether it is on, and for the
     * options where it has none of its own (modules/mappers/mod_rewrite.c, {@code config_perdir_merge}).
     */
    RewriteRules merge(RewriteRules over) {
        Set<Inheritance> options = over.inheritance != null ? over.inheritance : inheritance;
        List<RewriteRule> all = over.rules;
        if (inherits(options, Inheritance.INHERIT, Inheritance.INHERITDOWN)) {
            all = both(over.rules, rules);
        } else if (inherits(options, Inheritance.INHERITBEFORE, Inheritance.INHERITDOWNBEFORE)) {
            all = both(rules, over.rules);
        }
        return new RewriteRules(over.on != null ? over.on : on, over.base, options, all);
    }

    /** @param options of who is below */
    private boolean inherits(@Nullable Set<Inheritance> options, Inheritance asked, Inheritance handedDown) {
        return options != null && options.contains(asked) || inheritance != null && inheritance.contains(handedDown)
                && (options == null || !options.contains(Inheritance.IGNOREINHERIT));
    }

    private static List<RewriteRule> both(List<RewriteRule> first, List<RewriteRule> then) {
        List<RewriteRule> all = new ArrayList<>(first);
        all.addAll(then);
        return List.copyOf(all);
    }

    /** These, and others behind them. Where one of the two is switched off, both are. */
    RewriteRules then(RewriteRules others) {
        return new RewriteRules(!Boolean.FALSE.equals(on) && !Boolean.FALSE.equals(others.on), base != null ? base : others.base, null,
                both(rules, others.rules));
    }

    RewriteRules onUnlessOff() {
        return new RewriteRules(on == null || on, base, inheritance, rules);
    }

    boolean apply() {
        return Boolean.TRUE.equals(on) && !rules.isEmpty();
    }
}
