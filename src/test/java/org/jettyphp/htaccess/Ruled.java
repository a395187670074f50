package org.jettyphp.htaccess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A directory with rules, and what they make of a URL in one round. */
record Ruled(Path root, Htaccess htaccess) {

    static Ruled in(Path directory, String... rules) throws IOException {
        Ruled ruled = new Ruled(directory.toRealPath(), new Htaccess());
        ruled.file(".htaccess", String.join("\n", rules));
        return ruled;
    }

    Ruled file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    Outcome of(String uri) {
        return of(Asked.get(uri));
    }

    Outcome of(Asked asked) {
        int mark = asked.rawUri().indexOf('?');
        HtaccessRequest request = new HtaccessRequest(asked, mark < 0 ? null : asked.rawUri().substring(mark + 1));
        return of(request, mark < 0 ? asked.rawUri() : asked.rawUri().substring(0, mark));
    }

    Outcome of(HtaccessRequest request, String uri) {
        Place place = place(uri);
        return request.enter(applied(place), place);
    }

    /** For a name in the root or in a directory that exists. */
    Applied applied(Place place) {
        Path directory = Path.of(place.filename().substring(0, place.filename().lastIndexOf('/') + 1));
        return htaccess.inForce(root).of(directory, place.name());
    }

    /** The first name that is not there ends what is a file's name. */
    Place place(String uri) {
        String filename = root.toString();
        String rest = uri;
        while (rest.length() > 1 && !Files.isRegularFile(Path.of(filename))) {
            int end = rest.indexOf('/', 1);
            String name = end < 0 ? rest : rest.substring(0, end);
            rest = end < 0 ? "" : rest.substring(end);
            filename += name;
            if (!Files.exists(Path.of(filename))) {
                break;
            }
        }
        boolean directory = Files.isDirectory(Path.of(filename));
        return new Place(root.toString(), uri, directory ? filename + rest : filename, directory ? "" : rest, Place.Kind.UNKNOWN);
    }

    /** In words: {@code = path?query}, {@code -> path?query}, {@code 301 location}, {@code 403}. */
    String say(Asked asked) {
        Outcome outcome = of(asked);
        if (outcome instanceof Outcome.Rewritten to) {
            return "-> " + to.path() + query(to.query());
        }
        if (outcome instanceof Outcome.Moved to) {
            return to.status() + " " + to.location();
        }
        return outcome instanceof Outcome.Stays stays ? "=" + query(stays.query()) : Integer.toString(((Outcome.Refused) outcome).status());
    }

    String say(String uri) {
        return say(Asked.get(uri));
    }

    private static String query(@Nullable String query) {
        return query == null ? "" : "?" + query;
    }
}
