package org.jettyphp.servlet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the document root lies, seen from the web application's own directory, which is where the container's default servlet looks for files. */
enum RootPlace {
    SAME,
    /** What is beside it is for nobody. */
    INSIDE,
    /** Both have files that are for clients; the document root's come first. */
    OUTSIDE;

    static RootPlace of(ServletContext context, @Nullable Path documentRoot) {
        String own = context.getRealPath("/");
        if (own == null || documentRoot == null) {
            return documentRoot == null ? SAME : OUTSIDE;
        }
        Path here = real(Path.of(own));
        Path root = real(documentRoot);
        if (root.equals(here)) {
            return SAME;
        }
        return root.startsWith(here) ? INSIDE : OUTSIDE;
    }

    /** One that is missing may come later. */
    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException missing) {
            return directory.toAbsolutePath().normalize();
        }
    }

    /**
     * Whether a resource that the document root has not is the container's to send: one in a library, or beside the document root. Where both
     * are the same, what the container finds there has come since it was looked for, or lies where a link led when the server started: in the
     * release before a deploy. Neither has passed our policy.
     */
    boolean isForClients(URL resource, ServletContext context) {
        return !resource.getProtocol().equals("file") || this == OUTSIDE || this == SAME && !isOwn(resource, context);
    }

    private static boolean isOwn(URL resource, ServletContext context) {
        String own = context.getRealPath("/");
        try {
            return own == null || Path.of(resource.toURI()).startsWith(Path.of(own));
        } catch (URISyntaxException | IllegalArgumentException unknown) {
            return true;
        }
    }
}
