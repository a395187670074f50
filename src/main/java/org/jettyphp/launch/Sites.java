package org.jettyphp.launch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request to the one site that it is for. Jetty's own collection of contexts knows no pattern for more than one level of names, takes
 * hosts and patterns in the order in which they were added, and gives what one context does not take to the next one.
 */
final class Sites extends Handler.Sequence {

    /** The request attribute with the site's name, for the access log. */
    static final String ATTRIBUTE = "org.jettyphp.site";

    private static final ByteBuffer NOBODY =
            ByteBuffer.wrap(
                    "421 Misdirected Request: no site of this server has this host (setting: site)\n".getBytes(StandardCharsets.US_ASCII));

    private final List<Named> strongestFirst;

    private record Named(SiteKey key, String name, Handler handler) {}

    Sites(Map<SiteKey, ? extends Handler> sites) {
        super(List.copyOf(sites.values()));
        sites.values().forEach(this::manage);
        strongestFirst = sites.entrySet().stream().map(site -> new Named(site.getKey(), site.getKey().toString(), site.getValue()))
                .sorted(Comparator.comparing(Named::key, SiteKey.STRONGEST_FIRST)).toList();
    }

    /** All at once: each may wait for a php-fpm. */
    @Override
    protected void doStart() throws Exception {
        try {
            together("start ", Handler::start);
        } catch (Exception failed) {
            try {
                together("stop ", Handler::stop);
            } catch (Exception notEither) {
                failed.addSuppressed(notEither);
            }
            throw failed;
        }
        super.doStart();
    }

    /** All at once: each may wait for a php-fpm that does not end. */
    @Override
    protected void doStop() throws Exception {
        together("stop ", Handler::stop);
        super.doStop();
    }

    private interface Step {
        void take(Handler site) throws Exception;
    }

    private void together(String thread, Step step) throws Exception {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (Named site : strongestFirst) {
            FutureTask<Void> task = new FutureTask<>(() -> {
                step.take(site.handler());
                return null;
            });
            tasks.add(task);
            new Thread(task, thread + site.name()).start();
        }
        ExecutionException failed = null;
        for (FutureTask<Void> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException one) {
                failed = failed == null ? one : failed;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String host = name(Request.getServerName(request));
        String path = request.getHttpURI().getCanonicalPath();
        for (Named site : strongestFirst) {
            if (site.key().hasHost(host) && site.key().hasPath(path == null ? "" : path)) {
                request.setAttribute(ATTRIBUTE, site.name());
                return site.handler().handle(request, response, callback);
            }
        }
        if (strongestFirst.stream().anyMatch(site -> site.key().hasHost(host))) {
            return false;
        }
        response.setStatus(HttpStatus.MISDIRECTED_REQUEST_421);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MimeTypes.Type.TEXT_PLAIN_UTF_8.asString());
        response.write(true, NOBODY.duplicate(), callback);
        return true;
    }

    private static String name(@Nullable String host) {
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
