package org.jettyphp.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** By what a file is known to be the same, unchanged, by one question to the file system. */
public record FileIdentity(Object inode, FileTime modified, long size) {

    /** Of what is there by that name, behind links too; null if nothing is, and where the file system has no inodes. */
    public static @Nullable FileIdentity of(Path path) {
        return of(path, true);
    }

    /** The same of what is no link. */
    static @Nullable FileIdentity ofNoLink(Path path) {
        return of(path, false);
    }

    private static @Nullable FileIdentity of(Path path, boolean followed) {
        LinkOption[] options = followed ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, options);
            return now.isSymbolicLink() || now.fileKey() == null ? null
                    : new FileIdentity(now.fileKey(), now.lastModifiedTime(), now.size());
        } catch (IOException missing) {
            return null;
        }
    }
}
