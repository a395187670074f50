package org.jettyphp.acceptance;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Mapped to {@code /big.php} and what is below {@code /plain/}: sends what it has collected backwards, to who asks for that. */
public class CollectingFilter extends HttpFilter {

    static final String HEADER = "X-Backwards: 1";

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getHeader("X-Backwards") == null) {
            chain.doFilter(request, response);
            return;
        }
        CollectedAnswer collected = new CollectedAnswer(response);
        chain.doFilter(request, collected);
        collected.sendReversed();
    }
}
