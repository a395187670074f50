package org.jettyphp.servlet;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntPredicate;
import org.jettyphp.buffer.BodyPipe;
import org.jettyphp.cgi.ResponseHead;
import org.jspecify.annotations.Nullable;

/** A client whose thread waits: for an include, which must be over when {@code include()} returns, or behind a filter without async support. */
final class BlockingClient implements Client {

    /** Either a head, perhaps with the file that is to be sent or for an error page to be shown, or a failure. */
    record Beginning(@Nullable ResponseHead head, @Nullable Path file, boolean intercepted, @Nullable Failure failure) {}

    private final BodyPipe pipe;
    private final boolean takesFiles;
    private final IntPredicate intercepted;
    private final CompletableFuture<Beginning> beginning = new CompletableFuture<>();
    private volatile @Nullable Failure failure;

    BlockingClient(BodyPipe pipe, boolean takesFiles, IntPredicate intercepted) {
        this.pipe = pipe;
        this.intercepted = intercepted;
        this.takesFiles = takesFiles;
    }

    @Override
    public boolean takesFiles() {
        return takesFiles;
    }

    @Override
    public void file(ResponseHead head, Path file) {
        beginning.complete(new Beginning(head, file, false, null));
        pipe.end();
    }

    @Override
    public boolean intercepts(int status) {
        return intercepted.test(status);
    }

    @Override
    public void intercepted(ResponseHead head) {
        beginning.complete(new Beginning(head, null, true, null));
        pipe.end();
    }

    /** The waiting thread finds out by writing. */
    @Override
    public void lookWhetherItHasLeft() {}

    @Override
    public void whole(ResponseHead head, byte[] body, int length) {
        begin(head);
        try {
            body(ByteBuffer.wrap(body, 0, length));
            end();
        } catch (InterruptedIOException stopped) {
            fail(Failure.of(stopped));
        }
    }

    @Override
    public void begin(ResponseHead head) {
        beginning.complete(new Beginning(head, null, false, null));
    }

    @Override
    public void body(ByteBuffer bytes) throws InterruptedIOException {
        for (pipe.write(bytes); bytes.hasRemaining(); pipe.write(bytes)) {
            pipe.awaitRoom();
        }
    }

    @Override
    public void flush() {
        // The waiting thread takes what there is at once.
    }

    @Override
    public void end() {
        pipe.end();
    }

    @Override
    public void fail(Failure why) {
        failure = why;
        beginning.complete(new Beginning(null, null, false, why));
        pipe.end();
    }

    /** Waits for PHP's head, or for the failure to get one. */
    Beginning await() throws IOException {
        try {
            return beginning.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", stopped);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Waits for bytes: how many, or -1 at the end. */
    int take(ByteBuffer into) throws IOException {
        try {
            return pipe.take(into.clear());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", stopped);
        }
    }

    /** Why the answer is not complete; null if it is. Meaningful once {@link #take} has said -1. */
    @Nullable
    Failure failure() {
        return failure;
    }
}
