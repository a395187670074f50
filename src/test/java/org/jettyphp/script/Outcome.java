package org.jettyphp.script;

import java.nio.file.Path;

/**
 * A decision as a line of a table: {@code run /x.php info=/a query=q=1}, {@code send /a.txt} ({@code as index}, {@code by link}),
 * {@code redirect /dir/}, {@code 400}, {@code 403}, {@code 404} and {@code 404!}, which nobody else may serve either.
 */
final class Outcome {

    private Outcome() {}

    /** File names are shown relative to the root; the name of a script and its file only where they differ. */
    static String of(Decision decision, Path root) {
        if (decision instanceof Decision.RunScript run) {
            String file = relative(root, run.file());
            return "run " + run.scriptName() + (file.equals(run.scriptName()) ? "" : " is " + file)
                    + (run.pathInfo() == null ? "" : " info=" + run.pathInfo()) + (run.query() == null ? "" : " query=" + run.query());
        } else if (decision instanceof Decision.ServeFile send) {
            return "send " + relative(root, send.file()) + (send.asRequested() ? "" : " as " + send.path())
                    + (send.linked() ? " by link" : "");
        } else if (decision instanceof Decision.Redirect redirect) {
            return "redirect " + redirect.location();
        } else if (decision instanceof Decision.NotFound missing) {
            return missing.forEveryone() ? "404!" : "404";
        }
        return decision instanceof Decision.Forbidden ? "403" : "400";
    }

    private static String relative(Path root, Path file) {
        return file.startsWith(root) ? "/" + root.relativize(file) : file.toString();
    }
}
