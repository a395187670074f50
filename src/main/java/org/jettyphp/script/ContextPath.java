package org.jettyphp.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * A context path, whichever way it is spelled: containers give it decoded, encoded or as the client sent it.
 *
 * @param decoded as SCRIPT_NAME begins; empty for the root
 */
public record ContextPath(String decoded) {

    private static final Pattern DOT = Pattern.compile("%2[eE]");

    /** Reads what a container says; what cannot be decoded is taken as it is. */
    public static ContextPath of(String spelled) {
        try {
            return new ContextPath(PercentCode.decode(spelled));
        } catch (UnusablePathException alreadyDecoded) {
            return new ContextPath(spelled);
        }
    }

    /** As a redirect has it. */
    public String encoded() {
        return PercentCode.encode(decoded);
    }

    /** The rest of a raw path, at least "/". A path that does not begin with this context's comes back whole. */
    public String below(String rawPath) {
        if (decoded.isEmpty()) {
            return rawPath.isEmpty() ? "/" : rawPath;
        }
        String direct = withoutDots(rawPath);
        int end = 0;
        for (int slashes = (int) decoded.chars().filter(c -> c == '/').count(); slashes > 0 && end >= 0; slashes--) {
            end = direct.indexOf('/', end + 1);
        }
        int cut = end < 0 ? direct.length() : end;
        String path = !isThis(direct.substring(0, cut)) ? rawPath : direct.substring(cut);
        return path.isEmpty() ? "/" : path;
    }

    /** Without dot segments, which may lead into this context: {@code /x/../blog/y}. All else stays as it was sent. */
    private static String withoutDots(String rawPath) {
        if (!rawPath.contains("/.") && !rawPath.contains("%2e") && !rawPath.contains("%2E")) {
            return rawPath;
        }
        Deque<String> names = new ArrayDeque<>();
        String end = "";
        for (String name : rawPath.substring(1).split("/", -1)) {
            String plain = DOT.matcher(name).replaceAll(".");
            boolean dots = plain.equals(".") || plain.equals("..");
            if (plain.equals("..") && names.pollLast() == null) {
                return rawPath;
            }
            if (!dots && !name.isEmpty()) {
                names.add(name);
            }
            end = dots || name.isEmpty() ? "/" : "";
        }
        return "/" + String.join("/", names) + (names.isEmpty() ? "" : end);
    }

    private boolean isThis(String rawPrefix) {
        try {
            UrlPath prefix = UrlPath.decode(rawPrefix);
            return prefix.first(prefix.length()).equals(decoded);
        } catch (UnusablePathException another) {
            return false;
        }
    }
}
