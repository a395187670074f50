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
import org.jettyphp.htaccess.Additions;
import org.jettyphp.script.Decision;
import org.jettyphp.script.Resolution;
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
        Resolution resolution = DecidedForward.take(request);
        if (resolution == null) {
            resolution = context.resolver().resolve(target.rawPath(), Dispatch.query(request), new ServletFacts(request));
        }
        Decision decision = resolution.decision();
        RuledAnswer.keep(resolution.additions(), request);
        if (decision instanceof Decision.RunScript script) {
            runScript(Dispatch.of(script, request), request, response, context);
        } else if (decision instanceof Decision.ServeFile file) {
            serve(file, resolution.additions(), request, response, chain);
        } else if (decision instanceof Decision.ListDirectory directory) {
            RuledAnswer.ofPhp(request, response);
            DirectoryPage.send(directory, request, response);
        } else if (target.isServedByJava(decision, request.getServletContext()) && !hasDocument(resolution, target, request)) {
            RuledAnswer.ofRefusal(resolution.additions(), false, response);
            chain.doFilter(request, response);
        } else {
            refuse(new Refusal(decision, target, resolution.additions()), request, response, context);
        }
    }

    /** Whether what the default servlet would answer with 404 has a page of the application's. */
    private static boolean hasDocument(Resolution resolution, Target target, HttpServletRequest request) {
        return PhpApplication.sendsDecidedFiles(request.getServletContext()) && !target.isResource(request.getServletContext())
                && ErrorDocument.of(resolution.decision(), resolution.additions(), request) != null;
    }

    private static void refuse(Refusal refusal, HttpServletRequest request, HttpServletResponse response, PhpContext context)
            throws IOException, ServletException {
        ErrorDocument document = ErrorDocument.of(refusal.decision(), refusal.additions(), request);
        if (document == null || refusal.isRedirect()) {
            refusal.send(request, response);
            return;
        }
        refusal.log(request);
        if (document.isUrl()) {
            Refusal.moved(HttpServletResponse.SC_FOUND, document.value(), response);
            return;
        }
        RuledAnswer.ofRefusal(refusal.additions(), false, response);
        Resolution page = document.isText() ? null : document.resolution(context.resolver(), request);
        if (page == null) {
            document.sendText(response);
        } else if (page.decision() instanceof Decision.RunScript script) {
            RuledAnswer.keep(page.additions(), request);
            response.setStatus(document.status());
            runScript(Dispatch.ofErrorDocument(script, document.query(), request), request, response, context);
        } else if (page.decision() instanceof Decision.ServeFile file) {
            document.sendFile(file, request, response);
        } else {
            refusal.send(request, response);
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

    private static void serve(Decision.ServeFile file, Additions additions, HttpServletRequest request, HttpServletResponse response,
            FilterChain chain) throws IOException, ServletException {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
        if (!file.asRequested() && !included) {
            DecidedForward.to(file, additions, request, response);
            return;
        }
        if (!included) {
            RuledAnswer.ofFile(additions, file.file(), request, response);
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

    @Override
    public void destroy() {
        if (joined != null) {
            joined.leave();
        }
        joined = null;
    }
}
