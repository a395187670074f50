package org.jettyphp.attacks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jettyphp.attacks.Said.Answer;
import org.jettyphp.attacks.Verdict.Fault;

/** Sends attacks and judges what comes of them, one after the other: a script that runs leaves its trace in the tree. */
final class Judge {

    private static final Pattern EVIL_REDIRECT = Pattern.compile("(?im)^location: *(//|/\\\\|\\\\|.*evil\\.example)");
    private static final Pattern INJECTED = Pattern.compile("(?im)^injected:");

    private final AttackTree tree;
    private final Attacker attacker;

    Judge(AttackTree tree, Attacker attacker) {
        this.tree = tree;
        this.attacker = attacker;
    }

    List<Verdict> all(List<Attack> attacks) throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        for (Attack attack : attacks) {
            verdicts.add(of(attack));
        }
        return verdicts;
    }

    Verdict of(Attack attack) throws IOException {
        tree.executions();
        Said said = attacker.ask(attack, AttackTree.NEXT + "?" + attack.name());
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        String outcome = outcome(attack, said);
        note(faults, Fault.LEAK, said.all().contains(AttackTree.SECRET) || said.all().contains(AttackTree.PASSWD));
        note(faults, Fault.WRONG_EXECUTION, said.all().contains(AttackTree.EXECUTED) || !tree.executions().isEmpty());
        note(faults, Fault.LIE, said.answers().stream().anyMatch(Judge::lies));
        note(faults, Fault.HANG, !said.ended() && said.answers().isEmpty());
        note(faults, Fault.MIX_UP, isMixedUp(attack, said));
        note(faults, Fault.WRONG_STATUS, faults.isEmpty() && !attack.right().contains(outcome));
        return new Verdict(attack, outcome, List.copyOf(faults));
    }

    /** What an error page says about a request is no lie. */
    private static boolean lies(Answer answer) {
        return EVIL_REDIRECT.matcher(answer.head()).find() || INJECTED.matcher(answer.head()).find()
                || answer.head().contains(AttackTree.FORGED) || answer.status() == 200 && answer.body().contains(AttackTree.FORGED);
    }

    private static void note(Set<Fault> faults, Fault fault, boolean found) {
        if (found) {
            faults.add(fault);
        }
    }

    /** After the attack's answer may come the next request's, and nothing else. */
    private static boolean isMixedUp(Attack attack, Said said) {
        int answers = said.answers().size();
        if (answers == 2) {
            Answer next = said.answers().get(1);
            return next.status() != 200 || !next.body().equals(AttackTree.answerToNext(attack.name()));
        }
        return answers > 2;
    }

    private static String outcome(Attack attack, Said said) {
        if (said.answers().isEmpty()) {
            return said.ended() ? "closed" : "hangs";
        }
        Answer first = said.answers().get(0);
        if (first.status() <= 0) {
            return first.status() == 0 ? "0.9" : "closed";
        }
        boolean good = first.status() == 200 || first.status() == 206;
        if (good && first.head().toLowerCase(Locale.ROOT).contains(AttackTree.RAN_HEADER)) {
            return "run";
        }
        return good && (first.body().contains(AttackTree.PLAIN) || attack.isHead()) ? "file" : Integer.toString(first.status());
    }
}
