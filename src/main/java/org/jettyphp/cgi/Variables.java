package org.jettyphp.cgi;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jettyphp.fastcgi.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * The variables PHP finds in {@code $_SERVER}: RFC 3875 and what Apache's mod_proxy_fcgi and nginx's {@code fastcgi.conf} add to it, whichever
 * is more complete. No name is sent twice, since PHP-FPM takes the last one; no value carries a control character, since a line feed in
 * PHP_VALUE begins another setting.
 */
public final class Variables {

    private final Map<String, Template> own = new LinkedHashMap<>();
    private final HeaderVariables headers;
    private final String serverSoftware;
    private final @Nullable String ini;
    private final @Nullable String adminIni;

    /** Prepares what is the same for every request. */
    public Variables(CgiSettings settings, String serverSoftware) {
        settings.param().forEach((name, text) -> own.put(name, Template.parse("param." + name, text)));
        this.headers = new HeaderVariables(settings.underscoreHeaders());
        this.serverSoftware = serverSoftware;
        this.ini = lines(settings.ini());
        this.adminIni = lines(settings.adminIni());
    }

    private static @Nullable String lines(Map<String, String> ini) {
        if (ini.isEmpty()) {
            return null;
        }
        StringBuilder lines = new StringBuilder();
        ini.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }

    /**
     * The request's head for PHP-FPM, finished.
     *
     * @throws UnusableVariableException if a value has a control character, or is longer than FastCGI can carry
     */
    public RequestHead head(CgiRequest request) throws UnusableVariableException {
        Writer out = new Writer();
        Map<String, String> ownValues = new LinkedHashMap<>();
        own.forEach((name, template) -> {
            String value = template.expand(request);
            if (value != null) {
                ownValues.put(name, value);
            }
        });
        out.replaced = ownValues;
        writeScript(request, out);
        writeLine(request, out);
        writeEnds(request, out);
        writeRest(request, out);
        for (Map.Entry<String, String> header : headers.of(request.headers()).entrySet()) {
            out.put(header.getKey(), header.getValue(), StandardCharsets.ISO_8859_1);
        }
        out.replaced = Map.of();
        for (Map.Entry<String, String> value : ownValues.entrySet()) {
            out.put(value.getKey(), value.getValue());
        }
        return out.head.finish();
    }

    private static void writeScript(CgiRequest request, Writer out) throws UnusableVariableException {
        CgiRequest.ScriptPath script = request.script();
        String name = script.contextPath() + script.scriptName();
        out.put("SCRIPT_FILENAME", script.filename());
        out.put("SCRIPT_NAME", name);
        out.put("DOCUMENT_ROOT", script.documentRoot());
        out.put("DOCUMENT_URI", script.pathInfo() == null ? name : name + script.pathInfo());
        if (script.pathInfo() != null) {
            out.put("PATH_INFO", script.pathInfo());
            out.put("PATH_TRANSLATED", script.documentRoot() + script.pathInfo());
        }
        if (!script.contextPath().isEmpty()) {
            out.put("CONTEXT_PREFIX", script.contextPath());
            out.put("CONTEXT_DOCUMENT_ROOT", script.documentRoot());
        }
    }

    private void writeLine(CgiRequest request, Writer out) throws UnusableVariableException {
        CgiRequest.Line line = request.line();
        out.put("REQUEST_METHOD", line.method());
        out.put("REQUEST_URI", line.uri());
        out.put("QUERY_STRING", line.query());
        out.put("SERVER_PROTOCOL", line.protocol());
        out.put("REQUEST_SCHEME", line.scheme());
        if (line.scheme().equals("https")) {
            out.put("HTTPS", "on");
        }
        out.put("GATEWAY_INTERFACE", "CGI/1.1");
        out.put("SERVER_SOFTWARE", serverSoftware);
        out.put("REDIRECT_STATUS", "200");
    }

    private static void writeEnds(CgiRequest request, Writer out) throws UnusableVariableException {
        CgiRequest.Ends ends = request.ends();
        out.put("REMOTE_ADDR", IpText.plain(ends.remoteAddress()));
        out.put("REMOTE_PORT", Integer.toString(ends.remotePort()));
        out.put("SERVER_ADDR", IpText.plain(ends.serverAddress()));
        out.put("SERVER_NAME", ends.serverName());
        out.put("SERVER_PORT", Integer.toString(ends.serverPort()));
    }

    private void writeRest(CgiRequest request, Writer out) throws UnusableVariableException {
        out.putIfThere("REMOTE_USER", request.login().user());
        out.putIfThere("AUTH_TYPE", request.login().type());
        out.putIfThere("CONTENT_TYPE", request.body().type());
        if (request.body().length() >= 0) {
            out.put("CONTENT_LENGTH", Long.toString(request.body().length()));
        }
        for (Map.Entry<String, String> variable : request.tls().entrySet()) {
            out.put(variable.getKey(), variable.getValue());
        }
        if (ini != null) {
            out.add("PHP_VALUE", ini.getBytes(StandardCharsets.UTF_8));
        }
        if (adminIni != null) {
            out.add("PHP_ADMIN_VALUE", adminIni.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Checks each value on its way into the head. */
    private static final class Writer {

        private final RequestHead head = new RequestHead();
        private Map<String, String> replaced = Map.of();

        void putIfThere(String name, @Nullable String value) throws UnusableVariableException {
            if (value != null) {
                put(name, value);
            }
        }

        void put(String name, String value) throws UnusableVariableException {
            put(name, value, StandardCharsets.UTF_8);
        }

        void put(String name, String value, Charset charset) throws UnusableVariableException {
            if (replaced.containsKey(name)) {
                return;
            }
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c < ' ' && c != '\t' || c == 127) {
                    throw new UnusableVariableException("the variable " + name + " would have the control character 0x" + Integer.toHexString(c));
                }
            }
            add(name, value.getBytes(charset));
        }

        void add(String name, byte[] value) throws UnusableVariableException {
            try {
                head.add(name.getBytes(StandardCharsets.US_ASCII), value);
            } catch (IllegalArgumentException tooLong) {
                throw new UnusableVariableException(name + ": " + tooLong.getMessage());
            }
        }
    }
}
