import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Columns of a table of results as an SVG picture of bars: {@code java Bars.java results/speed.md STEP COLUMN...}. A panel for each column, a bar
 * for each front end, in the order of the table.
 */
final class Bars {

    private static final int WIDTH = 900;
    private static final int LEFT = 110;
    private static final int BAR = 16;
    private static final int GAP = 6;
    private static final int TITLE = 34;

    private Bars() {}

    private record Bar(String name, double value) {}

    public static void main(String[] arguments) throws Exception {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            if (line.startsWith("| ")) {
                rows.add(Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toArray(String[]::new));
            }
        }
        List<String> names = List.of(rows.get(0));
        StringBuilder panels = new StringBuilder();
        int top = 0;
        for (String column : List.of(arguments).subList(2, arguments.length)) {
            List<Bar> bars = rows.stream().filter(row -> row[0].endsWith(", " + arguments[1]))
                    .map(row -> new Bar(row[0].substring(0, row[0].indexOf(',')), Double.parseDouble(row[names.indexOf(column)]))).toList();
            top = panel(panels, column, bars, top);
        }
        System.out.printf("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>%n"
                + "<rect width='%d' height='%d' fill='#ffffff'/>%n%s</svg>%n", WIDTH, top + GAP, WIDTH, top + GAP, panels);
    }

    private static int panel(StringBuilder svg, String title, List<Bar> bars, int above) {
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        int top = above + TITLE;
        add(svg, "<text x='%d' y='%d' fill='#334155' font-weight='bold'>%s</text>", LEFT, top - 10, title);
        for (Bar bar : bars) {
            double width = (WIDTH - LEFT - 80) * bar.value() / most;
            add(svg, "<text x='%d' y='%d' text-anchor='end' fill='#334155'>%s</text>", LEFT - 8, top + 12, bar.name());
            add(svg, "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>", LEFT, top, width, BAR, bar.name().startsWith("ours") ? "#2563eb" : "#94a3b8");
            add(svg, "<text x='%.1f' y='%d' fill='#334155'>%.0f</text>", LEFT + width + 6, top + 12, bar.value());
            top += BAR + GAP;
        }
        return top;
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
