package org.jettyphp.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jettyphp.attacks.Verdict.Fault;

/** For the benchmark: the whole table against one server. */
final class AttackRun {

    private static final int LIMIT_MILLIS = 5_000;

    private AttackRun() {}

    /**
     * Prints how many rows there are, and how many have each fault, separated by tabs; the verdicts are added to a file.
     *
     * @param arguments the directory of the tree, the server's name and protocol, http1 or http2, its port, and the file
     */
    public static void main(String[] arguments) throws IOException {
        boolean http2 = arguments[2].equals("http2");
        int port = Integer.parseInt(arguments[3]);
        Attacker attacker = http2 ? new Http2Attacker(port, LIMIT_MILLIS) : new Http1Attacker(port, LIMIT_MILLIS);
        Judge judge = new Judge(new AttackTree(Path.of(arguments[0])), attacker);
        List<Verdict> verdicts = judge.all(http2 ? AttackTable.http2() : AttackTable.http1());
        List<String> cells = new ArrayList<>(List.of(Integer.toString(verdicts.size())));
        for (Fault fault : Fault.values()) {
            cells.add(Long.toString(verdicts.stream().filter(verdict -> verdict.faults().contains(fault)).count()));
        }
        System.out.println(String.join("\t", cells));
        List<String> lines =
                verdicts.stream().map(verdict -> String.join("\t", arguments[1], arguments[2], verdict.attack().name(), verdict.outcome(),
                        verdict.faults().stream().map(Fault::name).collect(Collectors.joining(" ")))).toList();
        Files.write(Path.of(arguments[4]), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
