package org.jettyphp.example;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Adds {@code Server-Timing: answer;dur=12.3}: milliseconds from the filter to the beginning of the body, the wait for a PHP worker included.
 * Browsers show it among the timings of a request. An answer without a body has no such header.
 */
public class TimingFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new TimedResponse(response, System.nanoTime()));
    }
}
