package org.jettyphp.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jettyphp.transport.Address;
import org.jettyphp.transport.NoneConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection could not be opened, and what to change. The JDK tells ENOENT, EACCES and EAGAIN apart by message texts only, so the
 * cause is found by looking at the socket's file.
 */
record ConnectTrouble(Cause cause, String fact, String remedy) {

    enum Cause {
        /** Nothing listens there, or there is nothing: it may be restarting. */
        ABSENT,
        /** Its backlog is full: it is alive and busy. */
        BUSY,
        /** No answer to the attempt within the limit. */
        SILENT,
        /** It will not get better by waiting: a wrong name, a wrong permission. */
        MISCONFIGURED
    }

    /** The fact, and what to change. */
    String advice() {
        return remedy.isEmpty() ? fact : fact + "; " + remedy;
    }

    static ConnectTrouble of(Address address, IOException failure) {
        return address instanceof Address.Unix unix ? ofSocketFile(unix.path(), failure) : ofHost(failure);
    }

    private static ConnectTrouble ofHost(IOException failure) {
        if (failure instanceof NoneConnectedException several) {
            ConnectTrouble first = ofHost(several.first());
            return new ConnectTrouble(first.cause, first.fact + " (tried were " + several.getMessage() + ")", first.remedy);
        }
        if (failure instanceof UnknownHostException) {
            return new ConnectTrouble(Cause.MISCONFIGURED, "the host name does not resolve",
                    "mend the name in 'target' or the name service");
        }
        if (failure instanceof SocketTimeoutException) {
            return new ConnectTrouble(Cause.SILENT,
                    "no answer within connectTimeout", "is the host up, does a firewall drop the packets, or is its backlog full?");
        }
        if (failure instanceof ConnectException) {
            return new ConnectTrouble(Cause.ABSENT,
                    "connection refused: nothing listens there", "start PHP-FPM or compare 'target' with the 'listen' of its pool");
        }
        return new ConnectTrouble(Cause.ABSENT, String.valueOf(failure.getMessage()), "");
    }

    private static ConnectTrouble ofSocketFile(Path socket, IOException failure) {
        Path closed = closedDirectory(socket);
        if (closed != null) {
            return new ConnectTrouble(Cause.MISCONFIGURED, "the directory " + describe(closed) + " cannot be entered", "");
        }
        if (!Files.exists(socket)) {
            return new ConnectTrouble(Cause.ABSENT,
                    "there is no such socket", "start PHP-FPM or compare 'target' with the 'listen' of its pool");
        }
        if (Files.isRegularFile(socket) || Files.isDirectory(socket)) {
            return new ConnectTrouble(Cause.MISCONFIGURED, "this is not a socket", "'target' must name the 'listen' of a PHP-FPM pool");
        }
        if (!Files.isWritable(socket)) {
            return new ConnectTrouble(Cause.MISCONFIGURED, "permission denied on " + describe(socket),
                    "let listen.owner, listen.group and listen.mode of the pool admit this user, or add it to the socket's group");
        }
        if (failure instanceof ConnectException) {
            return new ConnectTrouble(Cause.ABSENT, "connection refused: nothing listens on this socket any more", "start PHP-FPM");
        }
        return new ConnectTrouble(Cause.BUSY,
                "its backlog is full", "set maxConnections to the pool's pm.max_children, or raise listen.backlog");
    }

    private static @Nullable Path closedDirectory(Path socket) {
        Path directory = socket.getRoot();
        for (Path name : socket.getParent() == null ? socket : socket.getParent()) {
            directory = directory.resolve(name);
            if (Files.isDirectory(directory) && !Files.isExecutable(directory)) {
                return directory;
            }
        }
        return null;
    }

    private static String describe(Path path) {
        try {
            PosixFileAttributes of = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return path + " (" + of.owner().getName() + ":" + of.group().getName() + " " + PosixFilePermissions.toString(of.permissions())
                    + ")";
        } catch (IOException | UnsupportedOperationException unknown) {
            return path + " (owner unknown: " + unknown.getMessage() + ")";
        }
    }
}
