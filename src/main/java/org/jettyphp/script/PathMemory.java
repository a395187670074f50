package org.jettyphp.script;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What was found out about a path that is no link, remembered while one question to the file system says that it is the same file: its inode,
 * time of change and size. A real path asks one for each of its names (8 us against 3). Bounded, and for any thread.
 *
 * <p>A directory on the way that becomes a link is not seen by that question. It matters where the same file is found behind the link, and
 * only the name of it is an old one then; so nothing is remembered for longer than a second.
 */
final class PathMemory<V> {

    static final int MOST = 4096;
    static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Known<V>(FileIdentity identity, V value, long at) {}

    private final Map<Path, Known<V>> known = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    PathMemory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** An answer of {@link Question}. */
    record Answer<V>(V value, boolean worthRemembering) {}

    /** Finds something out about a path. */
    interface Question<V, E extends Exception> {

        Answer<V> about(Path path) throws E;
    }

    /** What is remembered, or else the answer of the question. The file is looked at before it is asked, so an answer never outlives its file. */
    <E extends Exception> V of(Path path, Question<V, E> question) throws E {
        FileIdentity now = FileIdentity.ofNoLink(path);
        Known<V> before = known.get(path);
        if (before != null && before.identity().equals(now) && nanoTime.getAsLong() - before.at() < REMEMBERED_NANOS) {
            return before.value();
        }
        Answer<V> answer = question.about(path);
        if (now != null && answer.worthRemembering()) {
            remember(path, new Known<>(now, answer.value(), nanoTime.getAsLong()));
        } else if (before != null) {
            known.remove(path);
        }
        return answer.value();
    }

    private void remember(Path path, Known<V> answer) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(path, answer);
    }

    int size() {
        return known.size();
    }
}
