package org.jettyphp.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The whole table against the embedded server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttacksTest {

    private AttackedServer attacked;

    @BeforeAll
    void start() throws Exception {
        attacked = AttackedServer.embedded();
    }

    @AfterAll
    void stop() throws Exception {
        attacked.close();
    }

    @TestFactory
    Stream<DynamicTest> overHttp1() throws Exception {
        return each(AttackTable.http1(), new Http1Attacker(attacked.port(), AttackedServer.LIMIT_MILLIS));
    }

    @TestFactory
    Stream<DynamicTest> overHttp2() throws Exception {
        return each(AttackTable.http2(), new Http2Attacker(attacked.port(), AttackedServer.LIMIT_MILLIS));
    }

    private Stream<DynamicTest> each(List<Attack> attacks, Attacker attacker) {
        Judge judge = attacked.judge(attacker);
        return attacks.stream().map(attack -> dynamicTest(attack.name(), () -> {
            Verdict verdict = judge.of(attack);
            assertEquals(List.of(), verdict.faults(), verdict.toString());
        }));
    }

    @Test
    void theTableIsLongEnough() throws Exception {
        assertTrue(AttackTable.http1().size() >= 150);
    }
}
