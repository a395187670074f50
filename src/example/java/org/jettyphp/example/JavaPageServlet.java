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
        if ("/forward".equals(request.getPathInfo())) {
            request.setAttribute("greeting", "Hello from Java " + Runtime.version().feature());
            request.getRequestDispatcher("/greeting.php").forward(request, response);
            return;
        }
        response.setContentType("text/html;charset=utf-8");
        PrintWriter page = response.getWriter();
        request.getRequestDispatcher("/parts/top.php?title=Java+and+PHP").include(request, response);
        page.println("<p>This paragraph was written by <code>JavaPageServlet</code> on Java " + Runtime.version().feature()
                + "; the frame around it is PHP, through <code>RequestDispatcher.include(\"/parts/top.php\")</code>.</p>");
        page.println("<p>That is how an application moves from PHP to Java, or the other way, URL by URL. "
                + "See also <a href=\"" + request.getContextPath() + "/java/forward\">a forward with a request attribute</a>.</p>");
        request.getRequestDispatcher("/parts/bottom.php").include(request, response);
    }
}
