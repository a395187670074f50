package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Until;
import org.jettyphp.servlet.UpstreamMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is changed while requests run and wait. */
class ChangesTest extends BehindRealFpm {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private final List<RealFpm> fpms = new ArrayList<>();

    @AfterEach
    void endAll() throws Exception {
        for (RealFpm each : fpms) {
            each.close();
        }
    }

    private String another() throws Exception {
        RealFpm started = RealFpm.onUnixSocket(Map.of("pm.max_children", "4"));
        fpms.add(started);
        return started.target();
    }

    private static Set<ObjectName> beans() throws Exception {
        return BEANS.queryNames(new ObjectName("org.jettyphp:type=Upstream,*"), null);
    }

    private static UpstreamMXBean live() throws Exception {
        Set<ObjectName> found = beans();
        assertEquals(1, found.size(), found.toString());
        return JMX.newMXBeanProxy(BEANS, found.iterator().next(), UpstreamMXBean.class);
    }

    private static String refusal(Runnable change) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, change::run).getMessage());
    }

    @Test
    void targetsSlotsAndLimitsUnderLoadFailNothing() throws Exception {
        String a = another();
        String b = another();
        String c = another();
        serve(PhpServer.serving(root).target(a).maxConnections(4));
        UpstreamMXBean live = live();
        try (Crowd crowd = new Crowd(port(), state("ran"))) {
            for (String target : List.of(a + ", " + b, b, b + " weight=2, " + c, c + ", " + a + " backup", a + ", " + b + ", " + c, a)) {
                crowd.untilAnswered(100);
                live.setTarget(target);
                int slots = target.split(",").length * live.getMaxConnections();
                Until.true_("they have their slots", () -> slots() == slots);
                crowd.untilAnswered(20);
                live.setMaxConnections(live.getMaxConnections() == 4 ? 1 : 4);
                live.setQueueSize(5000);
                live.setQueueTimeout("20s");
                live.setConnectTimeout("3s");
                live.setResponseTimeout("30s");
            }
            crowd.untilAnswered(200);
            assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
            assertEquals(List.of(), crowd.failures());
        }
        Until.true_("the first one is asked alone", () -> slots() == 4);
    }

    @Test
    void aPhpFpmThatStaysKeepsItsConnections() throws Exception {
        try (FakeFpm stays = new FakeFpm((request, wire) -> wire.stdout("Content-Type: text/plain\r\n\r\nok").end(0))) {
            serve(PhpServer.serving(root).target(stays.target()).maxConnections(4).set("keepAlive", "1"));
            assertEquals("ok", RawHttp.get(port(), "/hello.php").body());
            live().setMaxConnections(2);
            assertEquals("ok", RawHttp.get(port(), "/hello.php").body());
            assertEquals(1, stays.connections());
        }
    }

    @Test
    void whatCannotBeUsedIsRefusedAsAtStartAndNothingChanges() throws Exception {
        String target = another();
        serve(PhpServer.serving(root).target(target).maxConnections(4));
        UpstreamMXBean live = live();
        assertTrue(refusal(() -> live.setTarget(target + ", nonsense here")).contains("What is understood:"));
        assertTrue(refusal(() -> live.setTarget("private")).contains("without a restart"));
        assertEquals("maxConnections is 0; it lies between 1 and 10000", refusal(() -> live.setMaxConnections(0)));
        assertEquals("queueSize is -1; it is 0 or more", refusal(() -> live.setQueueSize(-1)));
        assertTrue(refusal(() -> live.setQueueTimeout("30")).startsWith("queueTimeout = \"30\": the unit is missing: 30ms or 30s?"));
        assertEquals("queueTimeout has no value", refusal(() -> live.setQueueTimeout(null)));
        assertEquals("target has no value", refusal(() -> live.setTarget(null)));
        assertEquals(List.of(target, 4, 10000, "30s", "5s", "1m"), List.of(live.getTarget(), live.getMaxConnections(), live.getQueueSize(),
                live.getQueueTimeout(), live.getConnectTimeout(), live.getResponseTimeout()));
        assertEquals("Hello, World!", RawHttp.get(port(), "/hello.php").body());
    }

    @Test
    void limitsCountAtOnce() throws Exception {
        serve(PhpServer.serving(root).target(another()).maxConnections(1));
        live().setResponseTimeout("100ms");
        assertEquals(504, RawHttp.get(port(), "/sleep.php?ms=2000").status());
        live().setResponseTimeout("10s");
        live().setQueueSize(0);
        try (RawHttp runs = new RawHttp(port())) {
            runs.send("GET", "/sleep.php?ms=500", "");
            Until.true_("it runs", () -> exchangesIn("Exchange.run") == 1);
            assertEquals(503, RawHttp.get(port(), "/hello.php").status());
            live().setMaxConnections(2);
            assertEquals(200, RawHttp.get(port(), "/hello.php").status());
        }
    }

    @Test
    void aContextThatHasEndedCannotBeChanged() throws Exception {
        serve(PhpServer.serving(root).target(another()));
        assertEquals("org.jettyphp:type=Upstream,context=\"/\"", beans().iterator().next().toString());
        stopServer();
        assertEquals(Set.of(), beans());
    }
}
