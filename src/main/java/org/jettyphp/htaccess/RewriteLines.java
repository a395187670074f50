package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of mod_rewrite. A rule that is not understood is not applied; one that refuses ({@code F}, {@code G}, {@code R=404}) is
 * access control, and refuses all that it may have meant.
 */
final class RewriteLines implements Lines {

    private static final Pattern REFUSES =
            Pattern.compile("(?i)(?:^|[\\[,\\s])(?:F|forbidden|G|gone|(?:R|redirect)=[45]\\d\\d)(?=[],\\s]|$)");

    private final List<RewriteRule> rules = new ArrayList<>();
    private final List<RewriteCondition> conditions = new ArrayList<>();
    private boolean misread;
    private boolean said;
    private @Nullable Boolean on;
    private @Nullable String base;
    private @Nullable Set<RewriteRules.Inheritance> inheritance;

    @Override
    public boolean take(Line line) throws NotUnderstoodException {
        switch (line.key()) {
            case "rewriteengine" -> on = line.on();
            case "rewritebase" -> base = base(line.word());
            case "rewriteoptions" -> options(line.words());
            case "rewritecond" -> condition(line.rewriteWords());
            case "rewriterule" -> rule(line.rewriteWords());
            default -> {
                return false;
            }
        }
        said = true;
        return true;
    }

    private static String base(String path) throws NotUnderstoodException {
        if (!path.startsWith("/")) {
            throw new NotUnderstoodException("is no path that begins with a slash");
        }
        return path;
    }

    private void options(List<String> words) throws NotUnderstoodException {
        Set<RewriteRules.Inheritance> all = EnumSet.noneOf(RewriteRules.Inheritance.class);
        all.addAll(inheritance == null ? Set.of() : inheritance);
        inheritance = all;
        for (String word : words) {
            switch (word.toLowerCase(Locale.ROOT)) {
                case "inherit", "inheritbefore", "inheritdown", "inheritdownbefore", "ignoreinherit" ->
                    all.add(RewriteRules.Inheritance.valueOf(word.toUpperCase(Locale.ROOT)));
                case "mergebase", "allowanyuri", "ignorecontextinfo" -> {
                    // What they change does not differ here.
                }
                default -> throw new NotUnderstoodException("has the option " + word);
            }
        }
    }

    private void condition(List<String> words) throws NotUnderstoodException {
        try {
            conditions.add(RewriteCondition.of(words));
        } catch (NotUnderstoodException why) {
            boolean or = words.size() > 2 && words.get(2).matches("(?i).*\\b(OR|ornext)\\b.*");
            conditions.add(new RewriteCondition(new Template(List.of()), RewriteCondition.Kind.ALWAYS, "", null, false, false, or));
            misread = true;
            throw why;
        }
    }

    private void rule(List<String> words) throws NotUnderstoodException {
        List<RewriteCondition> inFront = List.copyOf(conditions);
        boolean doubtful = misread;
        conditions.clear();
        misread = false;
        boolean refuses = words.size() > 2 && REFUSES.matcher(String.join(",", words.subList(2, words.size()))).find();
        try {
            RewriteRule rule = rule(words, inFront);
            rules.add(doubtful && !refuses ? RewriteRule.never(rule.flags().has(RuleFlags.Flag.CHAIN)) : rule);
        } catch (NotUnderstoodException why) {
            rules.add(refuses ? refusal(inFront) : RewriteRule.never(words.size() > 2 && words.get(2).matches("(?i).*\\b(C|chain)\\b.*")));
            throw why;
        }
        if (doubtful) {
            throw new NotUnderstoodException(refuses
                    ? "refuses also where a condition in front of it, which is not understood, may not have been met"
                    : "is not applied, since a condition in front of it is not understood");
        }
    }

    private static RewriteRule refusal(List<RewriteCondition> conditions) throws NotUnderstoodException {
        return new RewriteRule(Regex.of("^", false), false, conditions, null, RuleFlags.of("[F]"));
    }

    private static RewriteRule rule(List<String> words, List<RewriteCondition> conditions) throws NotUnderstoodException {
        if (words.size() < 2 || words.size() > 3) {
            throw new NotUnderstoodException("is not a pattern, a substitution and flags");
        }
        RuleFlags flags = words.size() == 3 ? RuleFlags.of(words.get(2)) : RuleFlags.NONE;
        boolean turned = words.get(0).startsWith("!");
        Regex pattern = Regex.of(turned ? words.get(0).substring(1) : words.get(0), flags.has(RuleFlags.Flag.NO_CASE));
        Template substitution = words.get(1).equals("-") ? null : Template.of(words.get(1));
        return new RewriteRule(pattern, turned, conditions, substitution, flags);
    }

    @Nullable
    RewriteRules made() {
        return said || on != null || !rules.isEmpty() ? new RewriteRules(on, base, inheritance, List.copyOf(rules)) : null;
    }
}
