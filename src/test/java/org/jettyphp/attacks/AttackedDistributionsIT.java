package org.jettyphp.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jettyphp.acceptance.Distributions;
import org.jettyphp.acceptance.WayOfUse;
import org.jettyphp.attacks.Verdict.Fault;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The table against containers as they are distributed. */
class AttackedDistributionsIT {

    /**
     * In a container that is not ours: it refuses some requests by itself, and serves HTTP in its own way, so that the status is its own;
     * what must never happen must not happen there either.
     */
    private static final Set<Fault> NEVER = EnumSet.complementOf(EnumSet.of(Fault.WRONG_STATUS));

    /** In a Jetty that is not ours, what is left of it refuses the next request on its connection (Jetty 12.1.12), before it is ours. */
    private static final String REFUSES_THE_NEXT = "body-for-a-bad-path";

    /** Starts a container. */
    private interface Container {
        WayOfUse start(Path documentRoot, Map<String, String> settings) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> aWarInJetty() throws Exception {
        return attack(Distributions::warInJetty, AttackTable.http1(), AttackedDistributionsIT::http1, NEVER);
    }

    @TestFactory
    Stream<DynamicTest> aWarInTomcat() throws Exception {
        return attack(Distributions::warInTomcat, AttackTable.http1(), AttackedDistributionsIT::http1, NEVER);
    }

    @TestFactory
    Stream<DynamicTest> aWarInJettyOverHttp2() throws Exception {
        List<Attack> others = AttackTable.http2().stream().filter(attack -> !attack.name().equals(REFUSES_THE_NEXT)).toList();
        return attack(Distributions::warInJetty, others, AttackedDistributionsIT::http2, NEVER);
    }

    @TestFactory
    Stream<DynamicTest> aWarInTomcatOverHttp2() throws Exception {
        return attack(Distributions::warInTomcat, AttackTable.http2(), AttackedDistributionsIT::http2, NEVER);
    }

    @TestFactory
    Stream<DynamicTest> jettyBase() throws Exception {
        return attack(Distributions::jettyBase, AttackTable.http1(), AttackedDistributionsIT::http1, EnumSet.allOf(Fault.class));
    }

    @TestFactory
    Stream<DynamicTest> jettyBaseOverHttp2() throws Exception {
        return attack(Distributions::jettyBase, AttackTable.http2(), AttackedDistributionsIT::http2, EnumSet.allOf(Fault.class));
    }

    private static Attacker http1(int port) {
        return new Http1Attacker(port, AttackedServer.LIMIT_MILLIS);
    }

    private static Attacker http2(int port) {
        return new Http2Attacker(port, AttackedServer.LIMIT_MILLIS);
    }

    private static Stream<DynamicTest> attack(Container container, List<Attack> attacks, IntFunction<Attacker> attackers, Set<Fault> never)
            throws Exception {
        AttackedServer attacked = new AttackedServer((root, settings) -> {
            WayOfUse started = container.start(root, settings);
            return new AttackedServer.Started(started, started.port());
        });
        Judge judge = attacked.judge(attackers.apply(attacked.port()));
        return attacks.stream().map(attack -> dynamicTest(attack.name(), () -> {
            Verdict verdict = judge.of(attack);
            assertEquals(List.of(), verdict.faults().stream().filter(never::contains).toList(), verdict.toString());
        })).onClose(() -> close(attacked));
    }

    private static void close(AttackedServer attacked) {
        try {
            attacked.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
