import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Columns of numbers over time as an SVG picture: {@code java Plot.java columns.tsv [marks.tsv]}. The first column is the time in seconds. Each
 * other one is a panel; those whose names have the same words before a colon share one. A mark is a second and what happened then.
 */
final class Plot {

    private static final String[] COLOURS = {"#2563eb", "#d97706", "#059669", "#dc2626", "#7c3aed", "#64748b"};
    private static final int WIDTH = 900;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int PANEL = 110;
    private static final int GAP = 34;

    private final StringBuilder svg = new StringBuilder();
    private final List<double[]> rows;
    private final double end;

    private Plot(List<double[]> rows) {
        this.rows = rows;
        this.end = rows.get(rows.size() - 1)[0];
    }

    public static void main(String[] arguments) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(arguments[0]));
        String[] names = lines.get(0).split("\t");
        List<double[]> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t");
            double[] row = new double[names.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = Double.parseDouble(cells[i]);
            }
            rows.add(row);
        }
        Map<String, Map<String, Integer>> panels = new LinkedHashMap<>();
        for (int i = 1; i < names.length; i++) {
            String[] parts = names[i].split(": *", 2);
            panels.computeIfAbsent(parts[0], panel -> new LinkedHashMap<>()).put(parts[parts.length - 1], i);
        }
        List<String> marks = arguments.length > 1 ? Files.readAllLines(Path.of(arguments[1])) : List.of();
        System.out.print(new Plot(rows).draw(panels, marks));
    }

    private String draw(Map<String, Map<String, Integer>> panels, List<String> marks) {
        int marksRoom = marks.isEmpty() ? 0 : 16 * marks.size() + 10;
        int height = GAP + panels.size() * (PANEL + GAP) + 20 + marksRoom;
        add("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>", WIDTH, height);
        add("<rect width='%d' height='%d' fill='#ffffff'/>", WIDTH, height);
        int top = GAP;
        for (Map.Entry<String, Map<String, Integer>> panel : panels.entrySet()) {
            panel(panel.getKey(), panel.getValue(), top);
            top += PANEL + GAP;
        }
        boolean minutes = end > 600;
        for (int i = 0; i <= 6; i++) {
            text(x(end * i / 6), top - GAP + 16, "middle", "%.0f%s", end * i / 6 / (minutes ? 60 : 1), i == 6 ? minutes ? " min" : " s" : "");
        }
        for (int i = 0; i < marks.size(); i++) {
            String[] mark = marks.get(i).split("\t", 2);
            double x = x(Double.parseDouble(mark[0]));
            add("<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='#94a3b8' stroke-dasharray='3 3'/>", x, x, GAP, top - GAP);
            text(x + 2, GAP + 10, "start", "%d", i + 1);
            text(LEFT, top + 8 + 16 * i, "start", "%d: at %s s %s", i + 1, mark[0], mark[1]);
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(String title, Map<String, Integer> series, int top) {
        double most = 1;
        for (double[] row : rows) {
            for (int column : series.values()) {
                most = Math.max(most, row[column]);
            }
        }
        text(LEFT, top - 8, "start", "%s", title);
        add("<rect x='%d' y='%d' width='%d' height='%d' fill='none' stroke='#e2e8f0'/>", LEFT, top, WIDTH - LEFT - RIGHT, PANEL);
        text(LEFT - 6, top + 10, "end", most < 10 ? "%.1f" : "%.0f", most);
        text(LEFT - 6, top + PANEL, "end", "0");
        int number = 0;
        for (Map.Entry<String, Integer> one : series.entrySet()) {
            String colour = COLOURS[number % COLOURS.length];
            StringBuilder points = new StringBuilder();
            for (double[] row : rows) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(row[0]), top + PANEL * (1 - row[one.getValue()] / most)));
            }
            add("<polyline points='%s' fill='none' stroke='%s' stroke-width='1.5'/>", points, colour);
            if (series.size() > 1) {
                int at = WIDTH - RIGHT - 120 * (series.size() - number);
                add("<rect x='%d' y='%d' width='10' height='10' fill='%s'/>", at, top - 17, colour);
                text(at + 14, top - 8, "start", "%s", one.getKey());
            }
            number++;
        }
    }

    private double x(double seconds) {
        return LEFT + (WIDTH - LEFT - RIGHT) * seconds / end;
    }

    private void text(double x, double y, String anchor, String format, Object... values) {
        add("<text x='%.1f' y='%.1f' text-anchor='%s' fill='#334155'>%s</text>", x, y, anchor, String.format(Locale.ROOT, format, values));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
