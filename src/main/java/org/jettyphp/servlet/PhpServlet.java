package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jettyphp.script.Decision;
import org.jettyphp.script.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * Hands a request to PHP. Normally {@link PhpFilter} has decided which script; mapped alone, to {@code *.php} say, it takes the same decision.
 *
 * <p>Init-params: see the settings table; they are shared with the filter of the same web application.
 */
public final class PhpServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Others reach PHP too; these are the registered ones that it may be expected to know. */
    private static final String METHODS_OF_PHP = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private transient @Nullable PhpContext joined;

    @Override
    public void init() throws ServletException {
        PhpContext context = PhpContext.join(getServletContext());
        context.joined(this);
        joined = context;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        PhpContext context = PhpContext.required(joined);
        if (ReturnedRequest.answered(request, response, context)) {
            return;
        }
        Dispatch dispatch = dispatch(request, response, context);
        if (dispatch == null) {
            return;
        }
        if (request.getMethod().equals("TRACE") || request.getMethod().equals("CONNECT")) {
            // TRACE would show a script's caller the credentials the browser added; Apache and nginx do not pass it on either. A script's 200
            // to CONNECT would be the promise of a tunnel (RFC 9110, section 9.3.6).
            response.setHeader("Allow", METHODS_OF_PHP);
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else if (dispatch.type() == DispatcherType.INCLUDE) {
            new BlockingCall(context, dispatch, request, response).include();
        } else {
            TakenWriter.giveBack(response);
            answer(dispatch, request, response, context);
        }
    }

    private static void answer(Dispatch dispatch, HttpServletRequest request, HttpServletResponse response, PhpContext context)
            throws ServletException, IOException {
        if (dispatch.type() == DispatcherType.ERROR) {
            errorPage(dispatch, request, response, context);
        } else if (!request.isAsyncSupported()) {
            context.warnOfBlocking();
            new BlockingCall(context, dispatch, request, response).answer();
        } else if (request.isAsyncStarted() || isForThread(dispatch, request, response, context)) {
            // What somebody in front of PHP has started he also completes, when his forward returns.
            new BlockingCall(context, dispatch, request, response).answer();
        } else {
            new AsyncCall(context, dispatch, request).start(response);
        }
    }

    private static boolean isForThread(Dispatch dispatch, HttpServletRequest request, HttpServletResponse response, PhpContext context)
            throws IOException {
        // Asking for the stream of a body that is too large would promise that it is taken (100 Continue).
        BodyLimits limits = new BodyLimits(0, context.spool().maxRequestBody());
        boolean body = Call.bodyExpected(dispatch, request) && !limits.exceededBy(request.getContentLengthLong());
        String stream = ReplacedStreams.forThread(request, response, body);
        if (stream != null) {
            context.warnOfStream(stream);
        }
        return stream != null;
    }

    /** On this thread: Tomcat ends the response when an error page's dispatch returns, async or not. */
    private static void errorPage(Dispatch dispatch, HttpServletRequest request, HttpServletResponse response, PhpContext context)
            throws ServletException, IOException {
        if (FailedAnswer.isOverload(request)) {
            FailedAnswer.plain(HttpServletResponse.SC_SERVICE_UNAVAILABLE, response);
        } else {
            new BlockingCall(context, dispatch, request, response).answer();
        }
    }

    private static @Nullable Dispatch dispatch(HttpServletRequest request, HttpServletResponse response, PhpContext context)
            throws IOException, ServletException {
        Dispatch decided = Dispatch.take(request);
        if (decided != null) {
            return decided;
        }
        if (MessageCheck.refuses(request, response) || HostCheck.refuses(request, response, context.clients())) {
            return null;
        }
        Target target = Target.of(request);
        Resolution resolution = context.resolver().resolve(target.rawPath(), Dispatch.query(request), new ServletFacts(request));
        RuledAnswer.keep(resolution.additions(), request);
        if (resolution.decision() instanceof Decision.RunScript script) {
            return Dispatch.of(script, request);
        }
        Refusal refusal = new Refusal(resolution.decision(), target, resolution.additions());
        boolean asked = request.getDispatcherType() == DispatcherType.REQUEST && !refusal.isRedirect();
        if (!asked) {
            refusal.send(request, response);
            return null;
        }
        refusal.log(request);
        if (!context.errorPages().show(Refusal.status(refusal.decision()), request, response)) {
            refusal.answer(request, response);
        }
        return null;
    }

    @Override
    public void destroy() {
        if (joined != null) {
            joined.leave();
        }
        joined = null;
    }
}
