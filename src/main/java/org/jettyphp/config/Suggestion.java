package org.jettyphp.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** "Did you mean": the known names nearest to an unknown one. */
public final class Suggestion {

    private static final int AT_MOST = 3;

    /** Shorter parts of a name would suggest at random. */
    private static final int SHORTEST_PART = 4;

    private Suggestion() {}

    /** At most three names, the nearest first: misspelled by an edit for every four letters or so, else those of which it is a part. */
    public static List<String> nearest(String unknown, Collection<String> names) {
        String meant = Spelling.folded(unknown);
        int allowed = 1 + meant.length() / 5;
        List<String> near = names.stream().filter(name -> distance(meant, name) <= allowed)
                .sorted(Comparator.comparingInt(name -> distance(meant, name))).limit(AT_MOST).toList();
        if (!near.isEmpty() || meant.length() < SHORTEST_PART) {
            return near;
        }
        return names.stream().filter(name -> Spelling.folded(name).contains(meant)).limit(AT_MOST).toList();
    }

    private static int distance(String meant, String name) {
        return edits(meant, Spelling.folded(name));
    }

    /** The least number of letters inserted, left out, replaced, or swapped with a neighbour (optimal string alignment). */
    static int edits(String from, String to) {
        int[][] least = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : step(least, i, j, from, to);
            }
        }
        return least[from.length()][to.length()];
    }

    private static int step(int[][] least, int i, int j, String from, String to) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int edits = Math.min(Math.min(least[i - 1][j], least[i][j - 1]) + 1, least[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(edits, least[i - 2][j - 2] + 1) : edits;
    }
}
