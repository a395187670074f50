package org.jettyphp.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jettyphp.acceptance.DistributedWar;
import org.jettyphp.acceptance.WayOfUse;
import org.jettyphp.attacks.Verdict.Fault;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The table against a WAR in containers that are not ours. They refuse some requests by themselves, and serve HTTP in their own way, so that
 * the outcome is theirs; what must never happen must not happen there either.
 */
class AttackedWarIT {

    /** Starts a container. */
    private interface Container {
        WayOfUse start(Path documentRoot, Map<String, String> settings) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> inJetty() throws Exception {
        return attack(DistributedWar::inJetty);
    }

    @TestFactory
    Stream<DynamicTest> inTomcat() throws Exception {
        return attack(DistributedWar::inTomcat);
    }

    private static Stream<DynamicTest> attack(Container container) throws Exception {
        AttackedServer attacked = new AttackedServer((root, settings) -> {
            WayOfUse war = container.start(root, settings);
            return new AttackedServer.Started(war, war.port());
        });
        Judge judge = attacked.judge(new Http1Attacker(attacked.port(), AttackedServer.LIMIT_MILLIS));
        return AttackTable.http1().stream().map(attack -> dynamicTest(attack.name(), () -> {
            Verdict verdict = judge.of(attack);
            assertEquals(0, verdict.faults().stream().filter(fault -> fault != Fault.WRONG_STATUS).count(), verdict.toString());
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
