package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jettyphp.script.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Apache's {@code <FilesMatch "\.php$"> <If "-f %{REQUEST_FILENAME}">}: decides for each URL whether it is a script, and hands scripts to
 * {@link PhpServlet} by named dispatch. Belongs on {@code /*} for all five dispatcher types: without ASYNC, a dispatch to {@code /x.php} would
 * reach the default servlet, which sends the source.
 *
 * <p>Init-params: see the settings table; they are shared with the servlet of the same web application.
 */
public final class PhpFilter implements Filter {

    private @Nullable PhpContext joined;

    @Override
    public void init(FilterConfig config) throws ServletException {
        joined = PhpContext.join(config.getServletContext());
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain) throws IOException, ServletException {
        PhpContext context = PhpContext.required(joined);
        HttpServletRequest request = (HttpServletRequest) anyRequest;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        if (FailedAnswer.isAborted(request)) {
            return;
        }
        if (FailedAnswer.isPending(request)) {
            FailedAnswer.send(request, response);
            return;
        }
        if (SentFile.isPending(request)) {
            SentFile.send(request, response);
            return;
        }
        if (Dispatch.isUnderWay(request)) {
            // Tomcat applies the filters of an error page once more to the named dispatch out of it.
            chain.doFilter(request, response);
            return;
        }
        if (MessageCheck.refuses(request, response) || HostCheck.refuses(request, response, context.clients())) {
            return;
        }
        Target target = Target.of(request);
        if (target.belongsToJava(request.getServletContext(), context.servletName())) {
            chain.doFilter(request, response);
            return;
        }
        Decision decision = context.resolver().resolve(target.rawPath(), Dispatch.query(request));
        if (decision instanceof Decision.RunScript script) {
            runScript(Dispatch.of(script, request), request, response, context);
        } else if (decision instanceof Decision.ServeFile file) {
            serve(file, request, response, chain);
        } else if (decision instanceof Decision.ListDirectory directory) {
            DirectoryPage.send(directory, request, response);
        } else if (target.isServedByJava(decision, request.getServletContext())) {
            chain.doFilter(request, response);
        } else {
            new Refusal(decision, target).send(request, response);
        }
    }

    private static void runScript(Dispatch dispatch, HttpServletRequest request, HttpServletResponse response, PhpContext context)
            throws IOException, ServletException {
        request.setAttribute(Dispatch.ATTRIBUTE, dispatch);
        RequestDispatcher servlet = request.getServletContext().getNamedDispatcher(context.servletName());
        if (dispatch.type() == DispatcherType.INCLUDE) {
            servlet.include(request, response);
        } else {
            servlet.forward(request, response);
        }
    }

    private static void serve(Decision.ServeFile file, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
        if (!file.asRequested() && !included) {
            forwardTo(file, request, response);
            return;
        }
        if (file.cacheControl() != null && !included) {
            response.setHeader("Cache-Control", file.cacheControl());
        }
        if (PhpApplication.sendsDecidedFiles(request.getServletContext())) {
            Object outer = request.getAttribute(PhpApplication.FILE_ATTRIBUTE);
            request.setAttribute(PhpApplication.FILE_ATTRIBUTE, file.file());
            try {
                chain.doFilter(request, response);
            } finally {
                request.setAttribute(PhpApplication.FILE_ATTRIBUTE, outer);
            }
        } else if (file.linked()) {
            // The container's default servlet follows no links, or others than we do.
            new LinkedFile(file.file(), request, response).send();
        } else {
            chain.doFilter(request, response);
        }
    }

    /** An index or a static fallback: the container's default servlet must be asked for that file, not for the URL that led to it. */
    private static void forwardTo(Decision.ServeFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.getRequestDispatcher(file.path()).forward(request, response);
    }

    @Override
    public void destroy() {
        if (joined != null) {
            joined.leave();
        }
        joined = null;
    }
}
