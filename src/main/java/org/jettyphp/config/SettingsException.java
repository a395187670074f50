package org.jettyphp.config;

import java.util.List;

/** The settings cannot be used. The message is for the person who starts the server: every problem, a line each. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<SettingProblem> problems;
    private final transient List<String> lists;

    /**
     * Everything that is wrong, at once.
     *
     * @param problems at least one, in the order of the sources
     * @param lists lines that follow the problems: the names that are understood, where an unknown one was given
     */
    SettingsException(List<SettingProblem> problems, List<String> lists) {
        super(message(problems, lists));
        this.problems = List.copyOf(problems);
        this.lists = List.copyOf(lists);
    }

    /** Problems that only the program itself could find. */
    public static SettingsException of(List<SettingProblem> problems) {
        return new SettingsException(problems, List.of());
    }

    /** What is wrong in several places, at once. */
    public static SettingsException all(List<SettingsException> refusals) {
        return new SettingsException(refusals.stream().flatMap(refused -> refused.problems.stream()).distinct().toList(),
                refusals.stream().flatMap(refused -> refused.lists.stream()).distinct().toList());
    }

    /** The problems, at least one. */
    public List<SettingProblem> problems() {
        return problems;
    }

    private static String message(List<SettingProblem> problems, List<String> lists) {
        String heading = problems.size() == 1 ? "A setting cannot be used:" : problems.size() + " settings cannot be used:";
        StringBuilder text = new StringBuilder(heading);
        problems.forEach(problem -> text.append("\n  ").append(problem));
        lists.forEach(line -> text.append('\n').append(line));
        return text.toString();
    }
}
