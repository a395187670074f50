import java.nio.file.Path;
import org.eclipse.jetty.ee11.fcgi.proxy.FastCGIProxyServlet;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty's own FastCGIProxyServlet as its documentation sets it up, with as many connections as there are workers. */
final class Stock {

    private Stock() {}

    public static void main(String[] args) throws Exception {
        String root = args[1];
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.setBaseResourceAsPath(Path.of(root));
        ServletHolder php = new ServletHolder(new FastCGIProxyServlet());
        php.setAsyncSupported(true);
        // A host and port are asked for even where the Unix socket is used.
        php.setInitParameter("proxyTo", "http://127.0.0.1:9000");
        php.setInitParameter("prefix", "/");
        php.setInitParameter("scriptRoot", root);
        php.setInitParameter("unixDomainPath", args[2]);
        php.setInitParameter("maxConnections", args[3]);
        php.setInitParameter("maxRequestsQueuedPerDestination", "100000");
        context.addServlet(php, "*.php");
        context.addServlet(new ServletHolder("default", DefaultServlet.class), "/");
        server.setHandler(context);
        server.start();
        server.join();
    }
}
