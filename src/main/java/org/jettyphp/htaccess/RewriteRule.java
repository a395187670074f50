package org.jettyphp.htaccess;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code RewriteRule} with the conditions in front of it.
 *
 * @param pattern null: it never matches, and stands only where it stood, for those that skip or are chained
 * @param turned {@code !}
 * @param substitution null: none, {@code -}
 */
record RewriteRule(@Nullable Regex pattern, boolean turned, List<RewriteCondition> conditions, @Nullable Template substitution,
        RuleFlags flags) {

    /** What stands for a rule that was not understood. */
    static RewriteRule never(boolean chained) {
        RuleFlags flags = chained ? new RuleFlags(java.util.Set.of(RuleFlags.Flag.CHAIN), 0, 0, 0, List.of(), null) : RuleFlags.NONE;
        return new RewriteRule(null, false, List.of(), null, flags);
    }

    /** Whether it only looks, answers or sets variables. */
    boolean keepsPath() {
        return substitution == null || flags.ends();
    }
}
