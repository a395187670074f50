package org.jettyphp.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import org.jettyphp.script.NoLinks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a file that a symbolic link leads to, or that PHP has named, where the container's default servlet would not: whole, or the one range that was asked for
 * (RFC 9110, section 14), or not at all if the client has it already (section 13).
 */
final class LinkedFile {

    private static final Logger LOG = LoggerFactory.getLogger(LinkedFile.class);
    private static final int CHUNK = 32 * 1024;

    private final Path file;
    private final HttpServletRequest request;
    private final HttpServletResponse response;

    LinkedFile(Path file, HttpServletRequest request, HttpServletResponse response) {
        this.file = file;
        this.request = request;
        this.response = response;
    }

    /** Without a thread while the client reads, where async is supported. */
    void send() throws IOException {
        boolean head = request.getMethod().equals("HEAD");
        if (request.getDispatcherType() == DispatcherType.INCLUDE) {
            try (InputStream in = opened(0)) {
                in.transferTo(response.getOutputStream());
            }
        } else if (!head && !request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else {
            send(FileVersion.of(file), head);
        }
    }

    private void send(FileVersion version, boolean head) throws IOException {
        response.setDateHeader("Last-Modified", version.modified().toEpochMilli());
        response.setHeader("ETag", version.etag());
        if (version.isKnownTo(request)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setHeader("Accept-Ranges", "bytes");
        String type = request.getServletContext().getMimeType(String.valueOf(file.getFileName()));
        Object said = request.getAttribute(PhpApplication.TYPE_ATTRIBUTE);
        if (said != null) {
            response.setContentType(said.toString());
        } else if (type != null && response.getContentType() == null) {
            response.setContentType(type);
        }
        ByteRange range = ByteRange.asked(request, version);
        if (range.isUnsatisfiable()) {
            response.setHeader("Content-Range", "bytes */" + version.size());
            response.sendError(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        if (range.isPart(version.size())) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + range.first() + "-" + (range.end() - 1) + "/" + version.size());
        }
        response.setContentLengthLong(range.length());
        if (!head) {
            body(range);
        }
    }

    private void body(ByteRange range) throws IOException {
        InputStream in = opened(range.first());
        if (request.isAsyncSupported() && !request.isAsyncStarted() && ReplacedStreams.forThread(request, response, false) == null) {
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(0);
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new Sender(async, out, in, range.length()));
            return;
        }
        try (in) {
            byte[] chunk = new byte[CHUNK];
            for (long left = range.length(); left > 0;) {
                int size = in.read(chunk, 0, (int) Math.min(CHUNK, left));
                if (size < 0) {
                    throw new IOException(file + " became shorter while it was sent");
                }
                response.getOutputStream().write(chunk, 0, size);
                left -= size;
            }
        }
    }

    private InputStream opened(long from) throws IOException {
        InputStream in = Channels.newInputStream(NoLinks.open(file.getRoot(), file));
        try {
            in.skipNBytes(from);
            return in;
        } catch (IOException shorter) {
            in.close();
            throw shorter;
        }
    }

    /** What a file that became shorter meanwhile leaves out nobody makes up: the message is aborted. */
    private final class Sender implements WriteListener {

        private final AsyncContext async;
        private final ServletOutputStream out;
        private final InputStream in;
        private final byte[] chunk = new byte[CHUNK];
        private long left;

        Sender(AsyncContext async, ServletOutputStream out, InputStream in, long left) {
            this.async = async;
            this.out = out;
            this.in = in;
            this.left = left;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                int size = left == 0 ? -1 : in.read(chunk, 0, (int) Math.min(CHUNK, left));
                if (size < 0) {
                    end();
                    return;
                }
                out.write(chunk, 0, size);
                left -= size;
            }
        }

        private void end() throws IOException {
            in.close();
            if (left == 0) {
                async.complete();
                return;
            }
            String cause = file + " became shorter while it was sent; " + left + " bytes are missing";
            LOG.warn("{}", cause);
            // Completed, Tomcat (11.0.24) would leave the client waiting for the rest.
            request.setAttribute(FailedAnswer.ATTRIBUTE, Failure.badGateway(cause));
            request.setAttribute(FailedAnswer.BEGUN, "begun");
            ServletContext context = request.getServletContext();
            async.dispatch(context, PhpContext.required(PhpContext.of(context)).wayBack().path());
        }

        @Override
        public void onError(Throwable clientGone) {
            try {
                in.close();
            } catch (IOException failed) {
                LOG.warn("{}", failed.toString());
            }
            async.complete();
        }
    }
}
