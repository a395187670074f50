package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As whom the workers run.
 *
 * @param own whom this process runs as
 * @param workers whom the workers run as
 */
record WorkerUser(String own, String workers) {

    private static final String ROOT = "root";
    private static final List<String> WEB_SERVERS = List.of("www-data", "apache", "nginx", "www", "nobody");

    /** As we do; as root never as root by itself: as asked, else as the application's owner, else as a web server's user. */
    static WorkerUser choose(@Nullable String asked, Path ownFile, Path documentRoot) throws IOException {
        String own = Files.getOwner(ownFile).getName();
        if (!own.equals(ROOT)) {
            if (asked != null && !asked.equals(own)) {
                throw new PhpFpmException("user=" + asked + " cannot be had: this process runs as " + own + ", and only root can choose");
            }
            return new WorkerUser(own, own);
        }
        if (asked != null) {
            if (!exists(asked)) {
                throw new PhpFpmException("user=" + asked + " is no user of this machine");
            }
            return new WorkerUser(own, asked);
        }
        String owner = Files.getOwner(documentRoot).getName();
        if (!owner.equals(ROOT) && exists(owner)) {
            return new WorkerUser(own, owner);
        }
        for (String candidate : WEB_SERVERS) {
            if (exists(candidate)) {
                return new WorkerUser(own, candidate);
            }
        }
        throw new PhpFpmException("PHP would run as root; name another user with the setting user (--user)");
    }

    private static boolean exists(String name) throws IOException {
        try {
            principal(name);
            return true;
        } catch (UserPrincipalNotFoundException nobody) {
            return false;
        }
    }

    private static UserPrincipal principal(String name) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
    }

    boolean isOther() {
        return !own.equals(workers);
    }

    boolean isRoot() {
        return workers.equals(ROOT);
    }

    /** Lets the workers have a directory that we have made. */
    void own(Path directory) throws IOException {
        if (isOther()) {
            Files.setOwner(directory, principal(workers));
        }
    }
}
