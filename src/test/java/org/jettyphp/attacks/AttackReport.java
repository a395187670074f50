package org.jettyphp.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jettyphp.attacks.Verdict.Fault;

/** For the benchmark: the verdicts on several servers as Markdown. */
final class AttackReport {

    private record Line(String server, String protocol, String row, String outcome, String faults) {}

    private final List<Line> lines;
    private final Set<String> servers = new LinkedHashSet<>();

    private AttackReport(List<Line> lines) {
        this.lines = lines;
        lines.forEach(line -> servers.add(line.server()));
    }

    /** @param arguments the file that {@link AttackRun} has written */
    public static void main(String[] arguments) throws IOException {
        AttackReport report = new AttackReport(Files.readAllLines(Path.of(arguments[0])).stream().map(line -> line.split("\t", -1))
                .map(cells -> new Line(cells[0], cells[1], cells[2], cells[3], cells[4])).toList());
        System.out.println(report.counts());
        System.out.print(report.differences("http1", AttackTable.http1()));
        System.out.print(report.differences("http2", AttackTable.http2()));
    }

    private String counts() {
        StringBuilder table = new StringBuilder("| server | protocol | rows |");
        for (Fault fault : Fault.values()) {
            table.append(' ').append(words(fault.name())).append(" |");
        }
        table.append("\n|---|---|---|").append("---|".repeat(Fault.values().length)).append('\n');
        Map<String, List<Line>> runs = new LinkedHashMap<>();
        lines.forEach(line -> runs.computeIfAbsent("| " + line.server() + " | " + words(line.protocol()) + " | ", run -> new ArrayList<>())
                .add(line));
        runs.forEach((run, of) -> {
            table.append(run).append(of.size()).append(" |");
            for (Fault fault : Fault.values()) {
                table.append(' ').append(of.stream().filter(line -> List.of(line.faults().split(" ")).contains(fault.name())).count())
                        .append(" |");
            }
            table.append('\n');
        });
        return table.toString();
    }

    /** The rows in which not every server does what is right, by groups, with the reason. */
    private String differences(String protocol, List<Attack> attacks) {
        StringBuilder text = new StringBuilder("\n## Over " + words(protocol) + ": rows in which a server does not do what is right\n");
        String group = "";
        String why = "";
        for (Attack attack : attacks) {
            if (lines.stream()
                    .noneMatch(line -> line.protocol().equals(protocol) && line.row().equals(attack.name()) && !line.faults().isEmpty())) {
                continue;
            }
            if (!group.equals(attack.group())) {
                group = attack.group();
                why = "";
                text.append("\n**").append(group).append("**\n\n| row | right |");
                servers.forEach(server -> text.append(' ').append(server).append(" |"));
                text.append(" why |\n|---|---|").append("---|".repeat(servers.size() + 1)).append('\n');
            }
            text.append("| ").append(attack.name()).append(" | ").append(String.join(" ", new TreeSet<>(attack.right()))).append(" |");
            servers.forEach(server -> text.append(' ').append(cell(server, protocol, attack.name())).append(" |"));
            text.append(' ').append(attack.why().equals(why) ? "the same" : attack.why()).append(" |\n");
            why = attack.why();
        }
        return text.toString();
    }

    private String cell(String server, String protocol, String row) {
        return lines.stream().filter(line -> line.server().equals(server) && line.protocol().equals(protocol) && line.row().equals(row))
                .map(line -> line.outcome() + (line.faults().isEmpty() ? "" : ", **" + words(line.faults()) + "**")).findFirst().orElse("");
    }

    private static String words(String name) {
        return name.equals("http1") ? "HTTP/1.1" : name.equals("http2") ? "HTTP/2"
                : name.toLowerCase(Locale.ROOT).replace('_', ' ').replace("mix up", "mix-up");
    }
}
