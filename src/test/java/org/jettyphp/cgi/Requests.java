package org.jettyphp.cgi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests for the tests: {@code GET /info.php?x=1} with whatever a test changes. */
final class Requests {

    CgiRequest.Line line = new CgiRequest.Line("GET", "HTTP/1.1", "http", "/info.php?x=1", "x=1");
    CgiRequest.Script script = new CgiRequest.Script("", "/info.php", "/srv/www/info.php", null, "/srv/www");
    CgiRequest.Connection connection = new CgiRequest.Connection("192.0.2.7", 50123, "192.0.2.1", "example.org", 8080);
    CgiRequest.Login login = CgiRequest.Login.NONE;
    @Nullable TlsSession tls;
    CgiRequest.Body body = CgiRequest.Body.NONE;
    final List<Header> headers = new ArrayList<>();
    final Map<String, Object> attributes = new HashMap<>();

    Requests header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    CgiRequest request() {
        return new CgiRequest(line, script, connection, login, tls, body, headers, attributes::get, Map.of());
    }

    CgiVariables variables() throws VariableRefusedException {
        return variables(CgiSettings.defaults());
    }

    CgiVariables variables(CgiSettings settings) throws VariableRefusedException {
        return new Variables(settings, "jetty-php-fpm/1.0").of(request());
    }
}
