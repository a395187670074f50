package org.jettyphp.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jettyphp.htaccess.Additions;
import org.jettyphp.script.ContextPath;
import org.jettyphp.script.Decision;
import org.jettyphp.script.Resolution;
import org.jettyphp.script.ScriptResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the pages that the application's own rules or the settings have for errors. One error of a request has one at most, so that none leads to another. */
final class ErrorPages {

    /** The request attribute with the status for which a page has been begun. */
    private static final String SHOWN = "org.jettyphp.errorPage";

    private static final Logger LOG = LoggerFactory.getLogger("org.jettyphp.request");

    private final ErrorSettings settings;
    private final ScriptResolver resolver;
    private final String servletName;
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    ErrorPages(ErrorSettings settings, ScriptResolver resolver, String servletName) {
        this.settings = settings;
        this.resolver = resolver;
        this.servletName = servletName;
    }

    /** Whether PHP's own answer gives way to a page. */
    boolean intercepts(int status, Additions additions) {
        return settings.interceptErrors() && status >= HttpServletResponse.SC_BAD_REQUEST && said(status, additions, "") != null;
    }

    /** The one for a status; null if there is none. */
    @Nullable
    ErrorDocument of(int status, Additions additions, HttpServletRequest request) {
        String said = said(status, additions, ContextPath.of(request.getContextPath()).encoded());
        return said == null ? null : new ErrorDocument(status, said);
    }

    /** Rules may say that there is none, whatever the settings say. */
    private @Nullable String said(int status, Additions additions, String contextPath) {
        String rule = additions.errorDocuments().get(status);
        String page = settings.page(status);
        String said = rule != null ? rule : page == null ? null : contextPath + page;
        return said == null || said.isEmpty() ? null : said;
    }

    /** The status for which this request has got a page already; null: none. */
    static @Nullable Integer shownFor(HttpServletRequest request) {
        return (Integer) request.getAttribute(SHOWN);
    }

    /** Shows the page of a status, unless there is none or it cannot be had: whether it has answered. */
    boolean show(int status, HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        Additions additions = RuledAnswer.additions(request);
        ErrorDocument document = of(status, additions, request);
        return document != null && show(document, additions, request, response);
    }

    /** The same for one that there is. */
    boolean show(ErrorDocument document, Additions additions, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Resolution page = document.isUrl() || document.isText() ? null : document.resolution(resolver, request);
        Decision decision = page == null ? null : page.decision();
        if (decision != null && !(decision instanceof Decision.RunScript) && !(decision instanceof Decision.ServeFile)) {
            if (missing.add(document.value())) {
                LOG.warn("{} {} {}: its page {} cannot be had, and is left out until it can: {}", document.status(), request.getMethod(),
                        Dispatch.originalUri(request), document.value(), Refusal.reason(decision));
            }
            return false;
        }
        missing.remove(document.value());
        request.setAttribute(SHOWN, document.status());
        if (document.isUrl()) {
            Refusal.moved(HttpServletResponse.SC_FOUND, document.value(), response);
            return true;
        }
        RuledAnswer.ofRefusal(additions, false, response);
        if (page != null && decision instanceof Decision.RunScript script) {
            RuledAnswer.keep(page.additions(), request);
            response.setStatus(document.status());
            Dispatch.ofErrorDocument(script, document, request).forward(request, response, servletName);
        } else if (decision instanceof Decision.ServeFile file) {
            document.sendFile(file, request, response);
        } else {
            document.sendText(response);
        }
        return true;
    }
}
