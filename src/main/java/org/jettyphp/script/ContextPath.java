package org.jettyphp.script;

/**
 * A context path, whichever way it is spelled: containers give it decoded, encoded or as the client sent it.
 *
 * @param decoded as SCRIPT_NAME begins; empty for the root
 */
public record ContextPath(String decoded) {

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
        int end = 0;
        for (int slashes = (int) decoded.chars().filter(c -> c == '/').count(); slashes > 0 && end >= 0; slashes--) {
            end = rawPath.indexOf('/', end + 1);
        }
        int cut = end < 0 ? rawPath.length() : end;
        String path = !isThis(rawPath.substring(0, cut)) ? rawPath : rawPath.substring(cut);
        return path.isEmpty() ? "/" : path;
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
