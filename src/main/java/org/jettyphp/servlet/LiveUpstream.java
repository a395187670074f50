package org.jettyphp.servlet;

import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Collectors;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jettyphp.config.DurationText;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.transport.Address;
import org.jettyphp.upstream.UpstreamGroup;
import org.jettyphp.upstream.UpstreamSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the way to PHP-FPM while requests are under way: by settings that were read anew, and through JMX. Any thread, one at a time: a change
 * is made to what is set.
 */
final class LiveUpstream implements UpstreamMXBean, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveUpstream.class);

    private final UpstreamGroup group;
    private final @Nullable IniPools pools;
    private final String site;
    private final @Nullable ObjectName name;

    /** Registers it; {@code pools}: the further ones of a private php-fpm, for which the same counts; null: it is none. */
    LiveUpstream(ServletContext context, UpstreamGroup group, @Nullable IniPools pools) {
        this.group = group;
        this.pools = pools;
        this.site = PhpApplication.name(context);
        this.name = register(context.getContextPath());
    }

    private @Nullable ObjectName register(String contextPath) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String first = "org.jettyphp:type=Upstream,context=" + ObjectName.quote(contextPath.isEmpty() ? "/" : contextPath)
                + (site.isEmpty() ? "" : ",site=" + ObjectName.quote(site));
        for (int instance = 1;; instance++) {
            try {
                // Another server of this JVM may have a context of the same path.
                return server.registerMBean(this, new ObjectName(instance == 1 ? first : first + ",instance=" + instance)).getObjectName();
            } catch (InstanceAlreadyExistsException taken) {
                LOG.debug("{} is taken", first, taken);
            } catch (JMException unusable) {
                LOG.warn("Nothing can be changed through JMX: {}", unusable.toString());
                return null;
            }
        }
    }

    /**
     * Takes on those of the settings that can be changed.
     *
     * @throws IllegalArgumentException if they cannot be used; nothing has changed then
     */
    synchronized void takeOn(UpstreamSettings settings, PoolSettings pool) {
        PoolSettings known = group.pool();
        Integer connections = pools != null ? known.maxConnections() : pool.maxConnections();
        change(group.settings().takingOn(settings), known.with(connections, pool.queueSize(), pool.queueTimeout()));
    }

    private void change(UpstreamSettings settings, PoolSettings pool) {
        boolean willBeOwn = UpstreamSettings.PRIVATE.equals(settings.target());
        if (settings.target() == null || willBeOwn != (pools != null)) {
            throw new IllegalArgumentException("target cannot change between a private php-fpm and another one without a restart");
        }
        if (!settings.equals(group.settings()) || !pool.equals(group.pool())) {
            group.change(settings, pool);
            if (pools != null) {
                pools.change(settings, pool);
            }
            LOG.info("{}From now on PHP-FPM is at {}, with {} connections at most, queueSize={} and queueTimeout={}",
                    site.isEmpty() ? "" : site + ": ", group.addresses().stream().map(Address::toString).collect(Collectors.joining(", ")),
                    pool.slots(), pool.queueSize(), Failure.text(pool.queueTimeout()));
        }
    }

    @Override
    public String getTarget() {
        return String.valueOf(group.settings().target());
    }

    /** JMX knows null for every text. */
    private static IllegalArgumentException missing(String setting) {
        return new IllegalArgumentException(setting + " has no value");
    }

    @Override
    public synchronized void setTarget(@Nullable String target) {
        if (target == null) {
            throw missing("target");
        }
        UpstreamSettings now = group.settings();
        change(now.with(target, now.connectTimeout(), now.responseTimeout()), group.pool());
    }

    @Override
    public int getMaxConnections() {
        return group.pool().slots();
    }

    @Override
    public synchronized void setMaxConnections(int connections) {
        if (pools != null) {
            throw new IllegalArgumentException("maxConnections of a private php-fpm is always its number of workers");
        }
        PoolSettings now = group.pool();
        change(group.settings(), now.with(connections, now.queueSize(), now.queueTimeout()));
    }

    @Override
    public int getQueueSize() {
        return group.pool().queueSize();
    }

    @Override
    public synchronized void setQueueSize(int requests) {
        PoolSettings now = group.pool();
        change(group.settings(), now.with(now.maxConnections(), requests, now.queueTimeout()));
    }

    @Override
    public String getQueueTimeout() {
        return DurationText.format(group.pool().queueTimeout());
    }

    @Override
    public synchronized void setQueueTimeout(@Nullable String duration) {
        PoolSettings now = group.pool();
        change(group.settings(), now.with(now.maxConnections(), now.queueSize(), duration("queueTimeout", duration)));
    }

    @Override
    public String getConnectTimeout() {
        return DurationText.format(group.settings().connectTimeout());
    }

    @Override
    public synchronized void setConnectTimeout(@Nullable String duration) {
        UpstreamSettings now = group.settings();
        change(now.with(now.target(), duration("connectTimeout", duration), now.responseTimeout()), group.pool());
    }

    @Override
    public String getResponseTimeout() {
        return DurationText.format(group.settings().responseTimeout());
    }

    @Override
    public synchronized void setResponseTimeout(@Nullable String duration) {
        UpstreamSettings now = group.settings();
        change(now.with(now.target(), now.connectTimeout(), duration("responseTimeout", duration)), group.pool());
    }

    private static Duration duration(String setting, @Nullable String text) {
        if (text == null) {
            throw missing(setting);
        }
        try {
            return DurationText.parse(text.strip());
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(setting + " = \"" + text + "\": " + malformed.getMessage(), malformed);
        }
    }

    @Override
    public void close() {
        try {
            if (name != null) {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            }
        } catch (JMException gone) {
            LOG.debug("{} was not registered any more", name, gone);
        }
    }
}
