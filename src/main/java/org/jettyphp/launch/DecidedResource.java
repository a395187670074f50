package org.jettyphp.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.resource.Resource;
import org.jettyphp.script.NoLinks;

/** A file that was decided, as Jetty takes it, which no link leads to: Jetty's own is opened by its name once more, whatever that has become. */
final class DecidedResource extends Resource implements Content.Source.Factory {

    private final Resource named;
    private final Path root;
    private final Path file;

    /**
     * @param root the document root
     * @param named the file, by its real path
     */
    DecidedResource(Path root, Path file, Resource named) {
        this.root = root;
        this.file = file;
        this.named = named;
    }

    @Override
    public Content.Source newContentSource(ByteBufferPool.Sized buffers, long offset, long length) {
        try {
            SeekableByteChannel channel = NoLinks.open(root, file);
            boolean forCache = offset == 0 && length < 0 && channel.size() <= buffers.getSize();
            return forCache ? new Whole(channel, buffers) : Content.Source.from(buffers, channel, offset, length);
        } catch (IOException gone) {
            return new Whole(gone);
        }
    }

    /** In one buffer, no larger than it needs to be: a cache keeps what it gets. Or why there is nothing. */
    private static final class Whole implements Content.Source {

        private Content.Chunk next;

        Whole(IOException why) {
            next = Content.Chunk.from(why);
        }

        Whole(SeekableByteChannel channel, ByteBufferPool.Sized buffers) throws IOException {
            RetainableByteBuffer.Mutable buffer = buffers.acquire((int) channel.size());
            try (channel) {
                ByteBuffer bytes = buffer.getByteBuffer();
                BufferUtil.clearToFill(bytes);
                bytes.limit((int) Math.min(bytes.capacity(), channel.size()));
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                    // More.
                }
                bytes.flip();
                next = Content.Chunk.asChunk(bytes, true, buffer);
            } catch (IOException failed) {
                buffer.release();
                throw failed;
            }
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk now = next;
            next = Content.Chunk.next(now);
            return now;
        }

        @Override
        public void demand(Runnable whenThere) {
            whenThere.run();
        }

        @Override
        public void fail(Throwable why) {
            next.release();
            next = Content.Chunk.from(why);
        }
    }

    @Override
    public InputStream newInputStream() throws IOException {
        return Channels.newInputStream(NoLinks.open(root, file));
    }

    @Override
    public Path getPath() {
        return file;
    }

    @Override
    public boolean exists() {
        return named.exists();
    }

    @Override
    public boolean isDirectory() {
        return named.isDirectory();
    }

    @Override
    public boolean isReadable() {
        return named.isReadable();
    }

    @Override
    public Instant lastModified() {
        return named.lastModified();
    }

    @Override
    public long length() {
        return named.length();
    }

    @Override
    public URI getURI() {
        return named.getURI();
    }

    @Override
    public String getName() {
        return named.getName();
    }

    @Override
    public String getFileName() {
        return named.getFileName();
    }

    @Override
    public Resource resolve(String below) {
        return named.resolve(below);
    }
}
