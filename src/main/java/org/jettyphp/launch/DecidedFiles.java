package org.jettyphp.launch;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.http.content.ResourceHttpContent;
import org.eclipse.jetty.http.content.ResourceHttpContentFactory;
import org.eclipse.jetty.http.content.ValidatingCachingHttpContentFactory;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.jettyphp.script.FileSettings;
import org.jettyphp.servlet.PhpApplication;
import org.jspecify.annotations.Nullable;

/**
 * The default servlet of the embedded server. Jetty's own would resolve a URL's name once more; this one sends the file that was decided for
 * it, by its real path, or a precompressed sibling of that. Small files come from memory.
 *
 * <p>Public for Jetty, which makes it; not for use elsewhere.
 */
public final class DecidedFiles extends DefaultServlet {

    private static final long serialVersionUID = 1;

    /** In front of a real path; no path in a context begins like it. */
    private static final String DECIDED = "file:";

    private static final String NAMED_BY_PHP = "named:";

    /** Between a media type that PHP or the application's own rules give a file, or nothing, and its real path. No type has it; a path may. */
    private static final char TYPED = '\n';

    /** Icons, style sheets, scripts; what is larger is read from the system's own cache. */
    private static final int LARGEST_CACHED = 64 * 1024;

    private static final long CACHE = 16L * 1024 * 1024;
    private static final int MOST_CACHED = 2048;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    private static final Map<String, CompressedContentFormat> FORMATS = Map.of("br", CompressedContentFormat.BR,
            "zstd", new CompressedContentFormat("zstd", ".zst"), "gzip", CompressedContentFormat.GZIP);

    /** Every time: one {@code stat}, and a file that was replaced is sent as it is now. */
    private static final long VALIDATE_ALWAYS = 0;

    private boolean onlyOurs;

    @Override
    public void init() throws ServletException {
        super.init();
        ServletContextHandler context = initContextHandler(getServletContext());
        onlyOurs = hasOnlyOurs(context);
        ByteBufferPool.Sized buffers = new ByteBufferPool.Sized(context.getServer().getByteBufferPool(), true, LARGEST_CACHED);
        ValidatingCachingHttpContentFactory cached =
                new ValidatingCachingHttpContentFactory(new Decided(context, buffers), VALIDATE_ALWAYS, buffers);
        cached.setMaxCachedFileSize(LARGEST_CACHED);
        cached.setMaxCacheSize(CACHE);
        cached.setMaxCachedFiles(MOST_CACHED);
        getResourceService().setHttpContentFactory(path -> path.startsWith(NAMED_BY_PHP) ? namedByPhp(path, context, buffers)
                : cached.getContent(path));
        getResourceService().setPrecompressedFormats(PhpApplication.settings(getServletContext()).get(FileSettings.class).precompressed()
                .stream().map(FORMATS::get).toList());
    }

    /** Whether nobody else could have to do with a request: no filter, constraint or listener of Java's. */
    private static boolean hasOnlyOurs(ServletContextHandler context) {
        return context.getServletHandler().getFilters().length == 1 && context.getSecurityHandler() == null
                && context.getHandler() == context.getSessionHandler()
                && context.getSessionHandler().getHandler() == context.getServletHandler()
                && context.getEventListeners().stream().noneMatch(ServletRequestListener.class::isInstance);
    }

    @Override
    protected String getEncodedPathInContext(HttpServletRequest request, boolean included) {
        if (!(request.getAttribute(PhpApplication.FILE_ATTRIBUTE) instanceof Path file)) {
            return super.getEncodedPathInContext(request, included);
        }
        Object type = request.getAttribute(PhpApplication.TYPE_ATTRIBUTE);
        String how = request.getAttribute(PhpApplication.NAMED_ATTRIBUTE) == null ? DECIDED : NAMED_BY_PHP;
        return how + (type == null ? "" : type) + TYPED + file;
    }

    /** Too seldom the same for the cache. */
    private static HttpContent namedByPhp(String path, ServletContextHandler context, ByteBufferPool.Sized buffers) {
        int typed = path.indexOf(TYPED);
        String type = path.substring(NAMED_BY_PHP.length(), typed);
        Path file = Path.of(path.substring(typed + 1));
        return new HttpContent.Wrapper(
                new ResourceHttpContent(decided(file, context), type.isEmpty() ? null : type, buffers)) {
            @Override
            public Set<CompressedContentFormat> getPreCompressedContentFormats() {
                return Set.of();
            }
        };
    }

    /** What can be done to a file. Jetty's own says 405 without {@code Allow}, and 501 to a method that it does not know. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (METHODS.contains(request.getMethod()) || request.getDispatcherType() == DispatcherType.INCLUDE) {
            super.service(request, response);
        } else {
            response.setHeader(HttpHeader.ALLOW.asString(), ALLOWED);
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    private static DecidedResource decided(Path file, ServletContextHandler context) {
        // One that libraries add to has no path of its own.
        Path root = context.getBaseResource().getPath();
        return new DecidedResource(root == null ? file : root, file, ResourceFactory.of(context).newResource(file));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        String vary = response.getHeader(HttpHeader.VARY.asString());
        if (vary != null) {
            KeptVary.keep(vary, request);
        } else if (onlyOurs && request.getAttribute(RememberedFiles.WANTED) != null
                && request.getAttribute(PhpApplication.NAME_ATTRIBUTE) instanceof Path name
                && request.getAttribute(PhpApplication.FILE_ATTRIBUTE) instanceof Path file) {
            request.setAttribute(RememberedFiles.SOURCE, RememberedFiles.Source.of(name, file));
        }
        if (FieldsThatCount.canRead(request, HttpHeader.IF_MATCH)) {
            super.doGet(FieldsThatCount.of(request, () -> tag(request)), response);
        } else {
            response.sendError(HttpServletResponse.SC_PRECONDITION_FAILED);
        }
    }

    private @Nullable String tag(HttpServletRequest request) {
        try {
            HttpContent content = getResourceService().getHttpContentFactory().getContent(getEncodedPathInContext(request, false));
            return content == null ? null : content.getETagValue();
        } catch (IOException gone) {
            return null;
        }
    }

    /** @param buffers what files that are not in the cache are read with */
    private record Decided(ServletContextHandler context, ByteBufferPool.Sized buffers) implements HttpContent.Factory {

        @Override
        public @Nullable HttpContent getContent(String path) throws IOException {
            MimeTypes types = context.getMimeTypes();
            if (!path.startsWith(DECIDED)) {
                // No file of the document root: a resource inside a library, which has no policy.
                return new ResourceHttpContentFactory(context.getBaseResource(), types, buffers).getContent(path);
            }
            int typed = path.indexOf(TYPED);
            String type = path.substring(DECIDED.length(), typed);
            String name = path.substring(typed + 1);
            Path file = Path.of(name);
            // Asked for the precompressed sibling of a decided file too: a link in its place could lead to a script.
            if (!Files.isRegularFile(file) || !file.toRealPath().equals(file)) {
                return null;
            }
            return new ResourceHttpContent(decided(file, context),
                    type.isEmpty() ? types.getMimeByExtension(name) : type, buffers);
        }
    }
}
