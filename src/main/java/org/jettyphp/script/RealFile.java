package org.jettyphp.script;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.jettyphp.script.Decision.Forbidden;
import org.jettyphp.script.Decision.NotFound;
import org.jspecify.annotations.Nullable;

/**
 * Where something really is once all links are followed, and whether links may lead there. Every file that is used has passed here, and
 * what is used is {@code path}, so no link can lead to one file when it is checked and to another when it is opened by the name that was
 * asked for.
 *
 * @param path the real path; meaningless if there is a refusal
 * @param refusal why it must not be used; null if it may
 */
record RealFile(Path path, @Nullable Decision refusal) {

    /** @param root the real document root */
    static RealFile of(Path root, Path file, ServingPolicy policy) {
        Path real;
        try {
            real = file.toRealPath();
        } catch (AccessDeniedException closed) {
            return new RealFile(file, new Forbidden("this process may not enter a directory on the way to " + file));
        } catch (IOException gone) {
            return new RealFile(file, new NotFound("it went away while it was looked at: " + gone, true));
        }
        Path within = real.startsWith(root) ? root : policy.allowedRoot(real);
        if (within == null) {
            return new RealFile(real, new Forbidden(file + " leads to " + real + ": its target is outside the document root " + root
                    + "; if links may lead there, add its directory to allowedRoots"));
        }
        if (real.getNameCount() > within.getNameCount() && policy.hides(within.relativize(real))) {
            return new RealFile(real, real.equals(file)
                    ? new NotFound("it is never served", true)
                    : new Forbidden(file + " leads to " + real + ", which is never served"));
        }
        return new RealFile(real, null);
    }

    String name() {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
