package org.jettyphp.acceptance;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A Java servlet beside PHP, mapped to {@code /java/*}: includes, forwards, async dispatches, sends errors. */
public class JavaPages extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        switch (request.getPathInfo()) {
            case "/include" -> {
                response.setContentType("text/plain;charset=utf-8");
                response.getOutputStream().print("before|");
                request.getRequestDispatcher("/fragment.php?in=1").include(request, response);
                response.getOutputStream().print("|after");
            }
            case "/include-writer" -> {
                response.setContentType("text/plain;charset=utf-8");
                response.getWriter().print("before|");
                request.getRequestDispatcher("/fragment.php?in=1").include(request, response);
                response.getWriter().print("|after");
            }
            case "/include-charset" -> {
                response.setContentType("text/plain;charset=utf-8");
                response.getWriter().print("before|");
                request.getRequestDispatcher("/charset.php?" + request.getQueryString()).include(request, response);
            }
            case "/forward" -> {
                request.setAttribute("greeting", "from Java");
                request.getRequestDispatcher("/env.php?forwarded=1").forward(request, response);
            }
            case "/forward-after-writer" -> {
                response.setHeader("X-Java", "1");
                response.getWriter().print("dropped");
                request.getRequestDispatcher("/hello.php").forward(request, response);
            }
            case "/async" -> {
                AsyncContext async = request.startAsync();
                async.dispatch("/hello.php");
            }
            case "/async-source" -> {
                AsyncContext async = request.startAsync();
                async.dispatch("/SHOUT.PHP");
            }
            case "/error" -> response.sendError(418);
            case "/form-consumed" -> {
                request.getParameter("a");
                request.getRequestDispatcher("/form.php").forward(request, response);
            }
            case "/body-begun" -> {
                request.getInputStream().read();
                request.getRequestDispatcher("/hello.php").forward(request, response);
            }
            case "/form-consumed-forwarded" -> {
                request.getParameter("a");
                request.getRequestDispatcher("/form.php?c=3&a=4").forward(request, response);
            }
            case "/form-consumed-whole" -> {
                request.getParameter("a");
                request.getRequestDispatcher("/body.php").forward(request, response);
            }
            case "/forward-while-async" -> {
                AsyncContext async = request.startAsync();
                request.getRequestDispatcher("/hello.php").forward(request, response);
                async.complete();
            }
            case "/forward-from-a-thread" -> {
                AsyncContext async = request.startAsync();
                async.start(() -> forwardAndComplete("/form.php", async));
            }
            case "/body-given-again" -> {
                RequestWithBody again = new RequestWithBody(request, "throws".equals(request.getQueryString()));
                request.getRequestDispatcher("/form.php").forward(again, response);
            }
            case "/reader-taken" -> {
                request.getReader();
                request.getRequestDispatcher("/hello.php").forward(request, response);
            }
            default -> {
                response.setContentType("text/plain");
                response.getOutputStream().print("java " + request.getPathInfo());
            }
        }
    }

    private static void forwardAndComplete(String path, AsyncContext async) {
        try {
            async.getRequest().getRequestDispatcher(path).forward(async.getRequest(), async.getResponse());
        } catch (ServletException | IOException failed) {
            throw new IllegalStateException(failed);
        } finally {
            async.complete();
        }
    }
}
