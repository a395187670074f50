package org.jettyphp.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jakarta.servlet.DispatcherType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.jettyphp.attacks.Verdict.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The paths of the table, not asked for by a client but reached by a dispatch of Java's: none shows a source or runs what must not run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackedDispatchesTest {

    private static final Pattern PATH_ALONE = Pattern.compile("(?s)GET (/.*?) HTTP/1\\.1");
    private static final Set<Fault> NEVER = Set.of(Fault.LEAK, Fault.WRONG_EXECUTION, Fault.HANG, Fault.MIX_UP);

    private AttackedServer attacked;

    @BeforeAll
    void start() throws Exception {
        attacked = AttackedServer.embedded(server -> {
            ServletHolder dispatching = new ServletHolder(new DispatchingServlet());
            dispatching.setAsyncSupported(true);
            server.context().addServlet(dispatching, DispatchingServlet.PATH);
        });
    }

    @AfterAll
    void stop() throws Exception {
        attacked.close();
    }

    @TestFactory
    Stream<DynamicTest> byForward() throws Exception {
        return each(DispatcherType.FORWARD);
    }

    @TestFactory
    Stream<DynamicTest> byInclude() throws Exception {
        return each(DispatcherType.INCLUDE);
    }

    @TestFactory
    Stream<DynamicTest> asAnErrorPage() throws Exception {
        return each(DispatcherType.ERROR);
    }

    @TestFactory
    Stream<DynamicTest> byAsyncDispatch() throws Exception {
        return each(DispatcherType.ASYNC);
    }

    private Stream<DynamicTest> each(DispatcherType type) throws Exception {
        Judge judge = attacked.judge(new Http1Attacker(attacked.port(), AttackedServer.LIMIT_MILLIS));
        return paths().map(attack -> dynamicTest(attack.name(), () -> {
            Verdict verdict = judge.of(reached(attack, type));
            assertEquals(List.of(), verdict.faults().stream().filter(NEVER::contains).toList(), verdict.toString());
        }));
    }

    private static Stream<Attack> paths() throws Exception {
        return AttackTable.http1().stream().filter(attack -> PATH_ALONE.matcher(attack.text()).matches());
    }

    private static Attack reached(Attack attack, DispatcherType type) {
        Matcher path = PATH_ALONE.matcher(attack.text());
        path.matches();
        String request = "GET " + DispatchingServlet.PATH + " HTTP/1.1\r\n" + DispatchingServlet.TYPE_FIELD + ": " + type + "\r\n"
                + DispatchingServlet.PATH_FIELD + ": " + DispatchingServlet.hex(path.group(1));
        return new Attack(attack.group(), attack.name(), attack.right(), request.getBytes(StandardCharsets.ISO_8859_1), false,
                attack.why());
    }

    /** Else all would be well whatever becomes of the dispatches. */
    @Test
    void eachKindOfDispatchReachesAScript() throws Exception {
        Judge judge = attacked.judge(new Http1Attacker(attacked.port(), AttackedServer.LIMIT_MILLIS));
        Attack plain = paths().filter(attack -> attack.name().equals("plain")).findFirst().orElseThrow();
        for (DispatcherType type : List.of(DispatcherType.FORWARD, DispatcherType.ERROR, DispatcherType.ASYNC)) {
            assertEquals("run", judge.of(reached(plain, type)).outcome(), type.toString());
        }
        assertTrue(new Http1Attacker(attacked.port(), AttackedServer.LIMIT_MILLIS)
                .ask(reached(plain, DispatcherType.INCLUDE), AttackTree.NEXT + "?plain").all().contains("RAN secret.php"));
    }
}
