package org.jettyphp.launch;

import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jettyphp.servlet.PhpApplication;

/**
 * What our Jetty module does when its server is being stopped. A Jetty that is given no time for it ends all connections first: our requests
 * would see clients who leave, and their clients 499.
 */
final class ContainersStop implements LifeCycle.Listener {

    private final ServletContext application;
    private final Duration stopTimeout;

    ContainersStop(ServletContext application, Duration stopTimeout) {
        this.application = application;
        this.stopTimeout = stopTimeout;
    }

    /** When all modules have said how long it may take: {@code graceful} does. */
    @Override
    public void lifeCycleStarting(LifeCycle started) {
        Server server = (Server) started;
        server.setStopTimeout(Math.max(server.getStopTimeout(), stopTimeout.plus(PhpServer.LAST_ANSWERS).toMillis()));
    }

    @Override
    public void lifeCycleStopping(LifeCycle stopping) {
        PhpApplication.stopWithin(application, stopTimeout);
        ((Server) stopping).getScheduler().schedule(() -> PhpApplication.endRequests(application), stopTimeout.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
