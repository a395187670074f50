package org.jettyphp.example;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** Java beside PHP: a page of Java inside a frame of PHP, and a forward that hands PHP a value. */
public class JavaPageServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/page" -> page(request, response);
            case "/forward" -> forward(request, response);
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void page(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        response.setContentType("text/html;charset=utf-8");
        PrintWriter page = response.getWriter();
        request.getRequestDispatcher("/parts/header.php?title=Java+and+PHP").include(request, response);
        page.printf("""
                <p class="big">This paragraph was written by <code>JavaPageServlet</code> on Java %d.</p>
                <p>The frame around it is PHP:</p>
                <pre tabindex="0"><code>request.getRequestDispatcher("/parts/header.php").include(request, response);
                page.println("This paragraph was written by &hellip;");
                request.getRequestDispatcher("/parts/footer.php").include(request, response);</code></pre>
                <p>That is how an application moves from PHP to Java, or the other way, URL by URL.</p>
                <p>The other way to meet: <a href="%s/java/forward">a forward with a request attribute</a>.</p>
                """, Runtime.version().feature(), request.getContextPath());
        request.getRequestDispatcher("/parts/footer.php").include(request, response);
    }

    private static void forward(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        request.setAttribute("greeting", "Hello from Java " + Runtime.version().feature());
        request.getRequestDispatcher("/greeting.php").forward(request, response);
    }
}
