package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Variables.
 *
 * @param set {@code SetEnv}
 * @param unset {@code UnsetEnv}
 * @param rules {@code SetEnvIf} and the like, in order
 */
record Environment(Map<String, String> set, Set<String> unset, List<VariableRule> rules) {

    Environment merge(Environment over) {
        Map<String, String> sets = new HashMap<>(set);
        sets.keySet().removeAll(over.unset);
        sets.putAll(over.set);
        Set<String> unsets = new HashSet<>(unset);
        unsets.addAll(over.unset);
        List<VariableRule> all = new ArrayList<>(rules);
        all.addAll(over.rules);
        return new Environment(sets, unsets, all);
    }

    /** Reads its lines. */
    static final class Reader implements Lines {

        private final Map<String, String> set = new HashMap<>();
        private final Set<String> unset = new HashSet<>();
        private final List<VariableRule> rules = new ArrayList<>();

        @Override
        public boolean take(Line line) throws NotUnderstoodException {
            List<String> words = line.words();
            switch (line.key()) {
                case "setenv" -> setEnv(words);
                case "unsetenv" -> unset.addAll(words);
                case "setenvif", "setenvifnocase" -> rules.add(VariableRule.of(words, line.key().endsWith("nocase")));
                case "browsermatch", "browsermatchnocase" -> {
                    List<String> asked = new ArrayList<>(List.of("User-Agent"));
                    asked.addAll(words);
                    rules.add(VariableRule.of(asked, line.key().endsWith("nocase")));
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void setEnv(List<String> words) throws NotUnderstoodException {
            if (words.isEmpty() || words.size() > 2) {
                throw new NotUnderstoodException("is not a name and a value");
            }
            set.put(words.get(0), words.size() == 2 ? words.get(1) : "");
        }

        Environment made() {
            return new Environment(Map.copyOf(set), Set.copyOf(unset), List.copyOf(rules));
        }
    }
}
