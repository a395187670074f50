package org.jettyphp.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How a server was, again and again over a time. */
final class Samples {

    private static final double MIB = 1 << 20;
    private static final int ROWS = 12;

    private final List<Sample> all = new ArrayList<>();

    /**
     * One.
     *
     * @param seconds since the first
     * @param rate requests that ended in a second, since the one before
     */
    record Sample(double seconds, double rate, int failed, Watched.State state) {}

    /**
     * What is looked at.
     *
     * @param tolerance how much more the median of the last quarter may be than that of the second; in an hour some 130,000 requests lie
     *     between them, so that 2 MiB are 17 bytes a request and 10 descriptors one in 13,000. What is under way at a moment differs by as much.
     *     Infinite: only shown. How many slots are in use depends on what else the machine does; that they are given back shows at the end
     */
    private record Figure(String name, double tolerance, ToDoubleFunction<Sample> of) {}

    private static final List<Figure> FIGURES = List.of(
            new Figure("heap after GC, MiB", 2, sample -> sample.state().heap() / MIB),
            new Figure("direct memory, MiB", 2, sample -> sample.state().direct() / MIB),
            new Figure("descriptors", 10, sample -> sample.state().descriptors()),
            new Figure("threads", 8, sample -> sample.state().threads()),
            new Figure("temporary files", 3, sample -> sample.state().files()),
            new Figure("slots in use", Double.POSITIVE_INFINITY, sample -> sample.state().busy()),
            new Figure("requests in the queue", Double.POSITIVE_INFINITY, sample -> sample.state().waiting()),
            new Figure("resident memory, MiB", Double.POSITIVE_INFINITY, sample -> sample.state().resident() / MIB),
            new Figure("requests a second", Double.POSITIVE_INFINITY, Sample::rate),
            new Figure("failed requests so far", Double.POSITIVE_INFINITY, Sample::failed));

    void add(Sample sample) {
        all.add(sample);
    }

    /**
     * Of the second quarter, since in the first caches, pools and compiled code come to be; empty if all is flat.
     *
     * @param slack how many times the tolerance it may be: in half a minute the pools are still being filled
     */
    List<String> grown(int slack) {
        return FIGURES.stream().filter(figure -> quarter(figure, 3) - quarter(figure, 1) > slack * figure.tolerance()).map(figure -> String
                .format("%s: %.1f in the second quarter, %.1f in the last", figure.name(), quarter(figure, 1), quarter(figure, 3)))
                .toList();
    }

    double meanBusy() {
        return all.stream().mapToInt(sample -> sample.state().busy()).average().orElse(0);
    }

    private double quarter(Figure figure, int which) {
        return median(figure, all.subList(all.size() * which / 4, all.size() * (which + 1) / 4));
    }

    private static double median(Figure figure, List<Sample> of) {
        return of.stream().mapToDouble(figure.of()).sorted().skip(of.size() / 2).findFirst().orElse(0);
    }

    /** With the seconds as the first column, for Plot. */
    String columns() {
        StringBuilder text = new StringBuilder("seconds");
        FIGURES.forEach(figure -> text.append('\t').append(figure.name()));
        for (Sample sample : all) {
            text.append(String.format("%n%.1f", sample.seconds()));
            FIGURES.forEach(figure -> text.append(String.format("\t%.2f", figure.of().applyAsDouble(sample))));
        }
        return text.append('\n').toString();
    }

    /** The quarters that are compared, and medians over time. */
    String tables() {
        StringBuilder text = new StringBuilder("| | second quarter | last quarter | may be more by |\n|---|---|---|---|\n");
        for (Figure figure : FIGURES) {
            text.append(String.format("| %s | %.1f | %.1f | %s |%n", figure.name(), quarter(figure, 1), quarter(figure, 3),
                    figure.tolerance() < Double.POSITIVE_INFINITY ? String.format("%.0f", figure.tolerance()) : "-"));
        }
        text.append("\n| minutes |");
        FIGURES.forEach(figure -> text.append(" ").append(figure.name()).append(" |"));
        text.append("\n|---").append("|---".repeat(FIGURES.size())).append("|\n");
        for (int row = 0; row < ROWS; row++) {
            List<Sample> of = all.subList(all.size() * row / ROWS, all.size() * (row + 1) / ROWS);
            text.append(String.format("| %.1f |", of.get(of.size() - 1).seconds() / 60));
            FIGURES.forEach(figure -> text.append(String.format(" %.1f |", median(figure, of))));
            text.append('\n');
        }
        return text.toString();
    }
}
