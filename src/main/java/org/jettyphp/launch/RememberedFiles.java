package org.jettyphp.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpField;
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

    /** What else of a request an answer depends on; {@code Connection} is the server's own matter. */
    private static final Set<HttpHeader> ASKED = EnumSet.of(HttpHeader.HOST, HttpHeader.ACCEPT_ENCODING, HttpHeader.IF_NONE_MATCH,
            HttpHeader.IF_MODIFIED_SINCE, HttpHeader.RANGE);

    /** With any of these an answer is a refusal, or too seldom the same. */
    private static final Set<HttpHeader> OTHERWISE = EnumSet.of(HttpHeader.IF_RANGE, HttpHeader.IF_MATCH, HttpHeader.IF_UNMODIFIED_SINCE,
            HttpHeader.CONTENT_LENGTH, HttpHeader.TRANSFER_ENCODING, HttpHeader.EXPECT, HttpHeader.UPGRADE, HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_CONNECTION, HttpHeader.TE, HttpHeader.AUTHORIZATION);

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

    /** All of a request that an answer may depend on; the fields as they came. */
    record Question(String uri, List<HttpField> fields) {}

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
        List<HttpField> fields = new ArrayList<>(ASKED.size());
        for (HttpField field : request.getHeaders()) {
            if (OTHERWISE.contains(field.getHeader())) {
                return null;
            }
            if (ASKED.contains(field.getHeader())) {
                fields.add(field);
            }
        }
        return new Question(uri.asString(), fields);
    }

    /** Pages and scripts have none that this means: nothing is noted of PHP's answers. */
    private static boolean hasEnding(@Nullable String path) {
        return path != null && path.lastIndexOf('.') > path.lastIndexOf('/') && !path.endsWith(".php");
    }
}
