package org.jettyphp.cgi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The lines of one head, sorted into status, fields to pass on and problems to log. */
final class HeadFields {

    /** RFC 9110, section 7.6.1, and the older Keep-Alive and Proxy-Connection. */
    private static final Set<String> HOP_BY_HOP = names("connection", "keep-alive", "proxy-connection", "te", "trailer",
            "transfer-encoding", "upgrade");

    /** A script that prints a page where headers belong would fill the log. */
    private static final int MOST_PROBLEMS = 20;

    private final List<Header> headers = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Set<String> namedByConnection = Set.of();
    private int problemsNotListed;
    private @Nullable StatusLine status;

    HeadFields(List<String> lines) throws ResponseHeadException {
        int i = 0;
        if (!lines.isEmpty() && lines.get(0).startsWith("HTTP/")) {
            // With cgi.rfc2616_headers=1 php-fpm begins so instead of with "Status:" (nginx then answers 200, Apache 500).
            status = StatusLine.ofHttp(lines.get(i++));
        }
        while (i < lines.size()) {
            int end = i + 1;
            while (end < lines.size() && startsWithSpace(lines.get(end))) {
                end++;
            }
            field(end == i + 1 ? lines.get(i) : unfolded(lines.subList(i, end)));
            i = end;
        }
    }

    /** Ignoring case, without a copy of each name that is looked for. */
    private static Set<String> names(String... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Collections.addAll(all, names);
        return all;
    }

    /** RFC 9112, section 5.2: a gateway replaces the fold by a space. */
    private static String unfolded(List<String> lines) {
        StringBuilder line = new StringBuilder(lines.get(0));
        lines.subList(1, lines.size()).forEach(more -> line.append(' ').append(more.strip()));
        return line.toString();
    }

    ResponseHead head() {
        removeNamedByConnection();
        settleContentLength();
        if (problemsNotListed > 0) {
            problems.add(problemsNotListed + " more problems in the headers are not listed");
        }
        StatusLine settled = status;
        if (settled == null) {
            // RFC 3875, section 6.2.3. A path alone would mean a redirect inside the server (6.2.2); sent to the client as nginx does.
            settled = has("Location") ? StatusLine.FOUND : StatusLine.OK;
        }
        return new ResponseHead(settled.code(), settled.reason(), List.copyOf(headers), List.copyOf(problems));
    }

    private boolean has(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private void field(String line) throws ResponseHeadException {
        int colon = line.indexOf(':');
        if (colon < 0) {
            problem("header line without a colon skipped: " + Quoted.of(line));
            return;
        }
        String name = line.substring(0, colon);
        String value = trim(line, colon + 1);
        if (!isToken(name)) {
            problem("header skipped, its name is not one: " + Quoted.of(name));
        } else if (hasControl(value)) {
            problem("header " + name + " skipped, its value has a control character");
        } else if (name.equalsIgnoreCase("Status")) {
            status(StatusLine.ofCgi(value));
        } else if (HOP_BY_HOP.contains(name)) {
            hopByHop(name, value);
        } else {
            headers.add(new Header(name, value));
        }
    }

    /** The last one counts, as in Apache and in PHP, where a later header() replaces an earlier one. */
    private void status(StatusLine next) {
        if (status != null && status.code() != next.code()) {
            problem("status " + status.code() + " replaced by a later " + next.code());
        }
        status = next;
    }

    private void hopByHop(String name, String value) {
        if (name.equalsIgnoreCase("Transfer-Encoding")) {
            problem("header Transfer-Encoding removed: the server chooses the coding, PHP sends the body itself");
        } else if (name.equalsIgnoreCase("Connection")) {
            namedByConnection = namedByConnection.isEmpty() ? names() : namedByConnection;
            for (String word : value.split(",")) {
                namedByConnection.add(word.strip());
            }
        }
    }

    private void removeNamedByConnection() {
        if (!namedByConnection.isEmpty()) {
            headers.removeIf(header -> {
                boolean named = namedByConnection.contains(header.name());
                if (named) {
                    problem("header " + header.name() + " removed, because Connection names it");
                }
                return named;
            });
        }
    }

    /** Equal lengths become one; with unequal or unreadable ones no length is known, and the body is sent without (RFC 9112, 6.3). */
    private void settleContentLength() {
        if (!has("Content-Length")) {
            return;
        }
        List<Header> lengths = headers.stream().filter(header -> header.name().equalsIgnoreCase("Content-Length")).toList();
        Header first = lengths.get(0);
        boolean believable = isLength(first.value()) && lengths.stream().allMatch(header -> header.value().equals(first.value()));
        if (!believable) {
            problem("Content-Length removed, not one number: "
                    + Quoted.of(String.join(", ", lengths.stream().map(Header::value).toList())));
        }
        headers.removeIf(header -> header.name().equalsIgnoreCase("Content-Length") && !(believable && header == first));
    }

    private void problem(String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        } else {
            problemsNotListed++;
        }
    }

    private static boolean isLength(String value) {
        // Eighteen digits always fit into a long.
        return !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean hasControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (ValueBytes.isControl(value.charAt(i)) && value.charAt(i) != '\t') {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWithSpace(String line) {
        return line.charAt(0) == ' ' || line.charAt(0) == '\t';
    }

    /** Without spaces and tabs at both ends; nothing else is white space in a field (RFC 9110, section 5.6.3). */
    private static String trim(String line, int from) {
        int start = from;
        int end = line.length();
        while (start < end && (line.charAt(start) == ' ' || line.charAt(start) == '\t')) {
            start++;
        }
        while (end > start && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        return line.substring(start, end);
    }
}
