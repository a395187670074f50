package org.jettyphp.setting;

import java.util.ArrayList;
import java.util.List;

/**
 * The value of a setting that is a text of several lines.
 *
 * @param lines without white space around them; an empty one stands only between what several sources have given
 */
public record TextLines(List<String> lines) {

    public TextLines {
        lines = List.copyOf(lines);
    }

    /** These, and behind them what another source has given. */
    public TextLines then(TextLines others) {
        List<String> all = new ArrayList<>(lines);
        if (!lines.isEmpty() && !others.lines().isEmpty()) {
            all.add("");
        }
        all.addAll(others.lines());
        return new TextLines(all);
    }
}
