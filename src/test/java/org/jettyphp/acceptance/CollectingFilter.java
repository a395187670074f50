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

    /** The same, with a stream that gives a listener to the container's. */
    static final String HEADER_HANDING_ON = "X-Backwards: 2";

    private static final String HANDING_ON = "2";

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String kind = request.getHeader("X-Backwards");
        if (kind == null) {
            chain.doFilter(request, response);
            return;
        }
        CollectedAnswer collected = new CollectedAnswer(response, kind.equals(HANDING_ON));
        chain.doFilter(request, collected);
        collected.sendReversed();
    }
}
