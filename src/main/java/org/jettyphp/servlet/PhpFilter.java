package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
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
    private RootPlace place = RootPlace.SAME;

    @Override
    public void init(FilterConfig config) throws ServletException {
        PhpContext context = PhpContext.join(config.getServletContext());
        place = RootPlace.of(config.getServletContext(), context.scripts().documentRoot());
        joined = context;
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain) throws IOException, ServletException {
        PhpContext context = PhpContext.required(joined);
        HttpServletRequest request = (HttpServletRequest) anyRequest;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        if (ReturnedRequest.answered(request, response, context)) {
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
        boolean sameForAll = false;
        Resolution resolution = DecidedForward.take(request);
        if (resolution == null) {
            ServletFacts facts = new ServletFacts(request);
            resolution = context.resolver().resolve(target.rawPath(), Dispatch.query(request), facts);
            sameForAll = !facts.wasAskedBeyondUrl() && request.getDispatcherType() == DispatcherType.REQUEST;
        }
        Decision decision = resolution.decision();
        RuledAnswer.keep(resolution.additions(), request);
        if (decision instanceof Decision.RunScript script) {
            Dispatch.of(script, request).forward(request, response, context.servletName());
        } else if (decision instanceof Decision.ServeFile file) {
            if (sameForAll && file.asRequested()) {
                request.setAttribute(PhpApplication.NAME_ATTRIBUTE, file.named());
            }
            serve(file, resolution.additions(), request, response, chain);
        } else if (decision instanceof Decision.ListDirectory directory) {
            RuledAnswer.ofPhp(request, response);
            DirectoryPage.send(directory, request, response);
        } else if (target.isServedByJava(decision, request.getServletContext(), place)) {
            RuledAnswer.ofRefusal(resolution.additions(), false, response);
            chain.doFilter(request, response);
        } else {
            refuse(new Refusal(decision, target, resolution.additions()), request, response, context);
        }
    }

    /** Only for what a client has asked for. */
    private static @Nullable ErrorDocument document(Decision refusal, Additions additions, HttpServletRequest request, PhpContext context) {
        return request.getDispatcherType() == DispatcherType.REQUEST
                ? context.errorPages().of(Refusal.status(refusal), additions, request)
                : null;
    }

    private static void refuse(Refusal refusal, HttpServletRequest request, HttpServletResponse response, PhpContext context)
            throws IOException, ServletException {
        ErrorDocument document = refusal.isRedirect() ? null : document(refusal.decision(), refusal.additions(), request, context);
        if (document == null) {
            refusal.send(request, response);
            return;
        }
        refusal.log(request);
        if (!context.errorPages().show(document, refusal.additions(), request, response)) {
            refusal.answer(request, response);
        }
    }

    private void serve(Decision.ServeFile file, Additions additions, HttpServletRequest request, HttpServletResponse response,
            FilterChain chain) throws IOException, ServletException {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
        boolean other = !file.asRequested() && !included;
        boolean here = other && Dispatch.endsWithForward(request, response);
        if (other && !here) {
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
        } else if (file.linked() || place != RootPlace.SAME || here) {
            // The container's default servlet looks elsewhere, and follows no links, or others than we do; or a forward to it would be the end.
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
