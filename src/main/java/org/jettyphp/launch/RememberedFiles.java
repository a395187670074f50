package org.jettyphp.launch;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jettyphp.script.FileIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Small plain files, answered once more as they were answered a moment ago: the whole way through the filter and the default servlet costs
 * five times as much. An answer is remembered for a second at most, while one question to the file system says that its name still leads to
 * the same file, unchanged; and only if nothing but the URL has decided about it, no rule that asks for a cookie, and no filter of Java's.
 *
 * <p>So what else may change what a URL means, a new {@code .htaccess} or compressed sibling, counts within a second. Bounded; any thread.
 */
final class RememberedFiles extends Handler.Wrapper {

    /** The request attribute that is there if an answer could be remembered. */
    static final String WANTED = "org.jettyphp.remember";

    /** The request attribute with the {@link Source} of an answer that may be. */
    static final String SOURCE = "org.jettyphp.remembered";

    static final int LARGEST = 128 * 1024;
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST = 2048;
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    /** With any of these an answer is another one, or a refusal. */
    private static final Set<String> OTHERWISE = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        OTHERWISE.addAll(Set.of("If-Range", "If-Match", "If-Unmodified-Since", "Content-Length", "Transfer-Encoding", "Expect",
                "Upgrade", "Keep-Alive", "Proxy-Connection", "TE", "Authorization"));
    }

    /**
     * What an answer was made of, known before it was made.
     *
     * @param name with links that may lead elsewhere meanwhile
     */
    record Source(Path name, FileIdentity identity) {

        /** Null if the name does not lead to that file any more. */
        static @Nullable Source of(Path name, Path file) {
            FileIdentity identity = FileIdentity.of(file);
            return identity != null && identity.equals(FileIdentity.of(name)) ? new Source(name, identity) : null;
        }

        boolean isStill() {
            return identity.equals(FileIdentity.of(name));
        }
    }

    /** All of a request that an answer may depend on. */
    record Question(String uri, @Nullable String host, @Nullable String codings, @Nullable String tags, @Nullable String since,
            @Nullable String range) {}

    private final Map<Question, RememberedAnswer> known = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final LongSupplier nanoTime;

    RememberedFiles(Handler application, LongSupplier nanoTime) {
        super(application);
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Question question = question(request);
        if (question == null) {
            return super.handle(request, response, callback);
        }
        RememberedAnswer answer = known.get(question);
        if (answer != null && nanoTime.getAsLong() - answer.at() < REMEMBERED_NANOS && answer.source().isStill()) {
            answer.send(request, response, callback);
            return true;
        }
        request.setAttribute(WANTED, true);
        long now = nanoTime.getAsLong();
        return super.handle(request, new NotedAnswer(request, response, now, noted -> remember(question, noted)), callback);
    }

    private void remember(Question question, RememberedAnswer answer) {
        if (known.size() >= MOST || bytes.get() > MOST_BYTES) {
            known.clear();
            bytes.set(0);
        }
        RememberedAnswer before = known.put(question, answer);
        bytes.addAndGet(answer.size() - (before == null ? 0L : before.size()));
    }

    /** Null for what is no plain request for a file with an ending. */
    private static @Nullable Question question(Request request) {
        HttpURI uri = request.getHttpURI();
        if (!HttpMethod.GET.is(request.getMethod()) || !hasEnding(uri.getPath())
                || request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_1_1.getVersion()) {
            return null;
        }
        String host = null;
        String codings = null;
        String tags = null;
        String since = null;
        String range = null;
        for (HttpField field : request.getHeaders()) {
            HttpHeader name = field.getHeader();
            String before = null;
            if (name == HttpHeader.HOST) {
                before = host;
                host = field.getValue();
            } else if (name == HttpHeader.ACCEPT_ENCODING) {
                before = codings;
                codings = field.getValue();
            } else if (name == HttpHeader.IF_NONE_MATCH) {
                before = tags;
                tags = field.getValue();
            } else if (name == HttpHeader.IF_MODIFIED_SINCE) {
                before = since;
                since = field.getValue();
            } else if (name == HttpHeader.RANGE) {
                before = range;
                range = field.getValue();
            }
            if (before != null || OTHERWISE.contains(field.getName())) {
                return null;
            }
        }
        return new Question(uri.asString(), host, codings, tags, since, range);
    }

    /** Pages and scripts have none that this means: nothing is noted of PHP's answers. */
    private static boolean hasEnding(@Nullable String path) {
        return path != null && path.lastIndexOf('.') > path.lastIndexOf('/') && !path.endsWith(".php");
    }

    /** The fields of an answer that are its own: not the moment's, nor the connection's. */
    static boolean isOwn(HttpField field, HttpFields before) {
        HttpHeader name = field.getHeader();
        return name != HttpHeader.CONNECTION && name != HttpHeader.TRANSFER_ENCODING && name != HttpHeader.DATE && !before.contains(field);
    }
}
