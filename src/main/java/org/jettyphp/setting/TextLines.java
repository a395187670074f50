package org.jettyphp.setting;

import java.util.List;

/**
 * The value of a setting that is a text of several lines.
 *
 * @param lines none of them empty, without white space around it
 */
public record TextLines(List<String> lines) {

    public TextLines {
        lines = List.copyOf(lines);
    }
}
