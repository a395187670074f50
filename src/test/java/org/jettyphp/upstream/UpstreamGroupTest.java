package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.Settings;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.events.Events;
import org.jettyphp.peers.Until;
import org.jettyphp.pool.PoolSettings;
import org.junit.jupiter.api.Test;

/** A name that becomes several PHP-FPMs. */
class UpstreamGroupTest {

    private volatile List<String> known = List.of();

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        if (known.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return known.stream().map(UpstreamGroupTest::address).toList();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void addressesOfANameJoinAndLeave() throws Exception {
        Settings settings = new SettingsReader(List.of(UpstreamSettings.class, PoolSettings.class))
                .read(List.of(SettingSource.flag("dns-ttl", "20ms"), SettingSource.flag("max-connections", "3")));
        Shared shared = new Shared(settings.get(UpstreamSettings.class), settings.get(PoolSettings.class), Events.UNHEARD);
        List<Target> targets = Target.list("php:9000 weight=2 status=9001, unix:/nowhere.sock backup");
        try (UpstreamGroup group = new UpstreamGroup(targets, shared, this::resolve)) {
            assertEquals("[php:9000, unix:/nowhere.sock]", group.addresses().toString());
            known = List.of("127.0.0.3", "127.0.0.2");
            Until.true_("they are there", () -> group.slots().usage().slots() == 9);
            assertEquals("[127.0.0.2:9000, 127.0.0.3:9000, unix:/nowhere.sock]", group.addresses().toString());
            known = List.of();
            known = List.of("127.0.0.3", "127.0.0.4");
            Until.true_("one has joined, one has left",
                    () -> group.addresses().toString().equals("[127.0.0.3:9000, 127.0.0.4:9000, unix:/nowhere.sock]"));
            assertEquals(9, group.slots().usage().slots());
        }
    }

    @Test
    void theStatusIsAskedForAtEachAddress() {
        Target target = Target.list("php:9000 weight=2 status=9001").get(0);
        assertEquals(Target.list("10.0.0.1:9000 weight=2 status=9001").get(0), target.at(Target.list("10.0.0.1:9000").get(0).address()));
    }
}
