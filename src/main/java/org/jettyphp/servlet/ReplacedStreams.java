package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a request and its answer, where a filter in front of PHP may have put its own in the place of the container's: it has read the
 * body and gives it again, it compresses the answer or collects it. Many of those take no listener: they throw, or forget it, and then nothing
 * is read or written any more. They work for a thread that waits.
 *
 * <p>A stream of an answer gets a thread though it takes a listener. Spring's hands it on to the container's, collects what is written, and has it sent
 * when {@code doFilter} returns: without a thread that is before PHP has answered, and the answer is empty.
 */
final class ReplacedStreams {

    private ReplacedStreams() {}

    /**
     * The class of a stream that only a thread can use; null where there is none.
     *
     * @throws IllegalStateException if somebody has called {@code getReader()}
     */
    static @Nullable String forThread(HttpServletRequest request, HttpServletResponse response, boolean bodyExpected)
            throws IOException {
        if (bodyExpected) {
            ServletInputStream in = in(request);
            if (!isOfContainer(in, request) && !(isFresh(request) && takesListener(in))) {
                return in.getClass().getName();
            }
        }
        ServletOutputStream out = response.getOutputStream();
        return isOfContainer(out, request) ? null : out.getClass().getName();
    }

    private static ServletInputStream in(HttpServletRequest request) throws IOException {
        try {
            return request.getInputStream();
        } catch (IllegalStateException readerTaken) {
            throw new IllegalStateException(
                    "a filter or servlet in front of PHP has called getReader(), so the body cannot be read for PHP; let it "
                            + "read parameters only, or wrap the request and give the body again",
                    readerTaken);
        }
    }

    /** Before that Jetty refuses no listener, not even null, which it would call. */
    private static boolean isFresh(HttpServletRequest request) {
        return innermost(request).getDispatcherType() == DispatcherType.REQUEST && !request.isAsyncStarted();
    }

    private static ServletRequest innermost(ServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        return innermost;
    }

    /** By the beginning of its name, such as {@code org.eclipse.jetty.}: an embedding program may have one class loader for all. */
    static boolean isOfContainer(Object part, HttpServletRequest request) {
        String container = innermost(request).getClass().getName();
        int third = container.indexOf('.', container.indexOf('.', container.indexOf('.') + 1) + 1);
        return part.getClass().getName().regionMatches(0, container, 0, third + 1);
    }

    /** A container has to refuse null, and any listener before {@code startAsync()}; whoever hands one on to it gets its refusal. */
    private static boolean takesListener(ServletInputStream stream) {
        try {
            stream.setReadListener(null);
            return false;
        } catch (IllegalStateException | NullPointerException refused) {
            StackTraceElement[] trace = refused.getStackTrace();
            return trace.length == 0 || !trace[0].getClassName().equals(stream.getClass().getName());
        } catch (RuntimeException cannot) {
            return false;
        }
    }
}
