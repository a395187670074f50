package org.jettyphp.script;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Opens a file by its real path, which has no links. One that has been put there since it was looked at leads where nobody has looked: by
 * swapping a file or a directory for a link all the time, whoever may write in the document root would have any file sent that this process
 * can read, as root all there are.
 */
public final class NoLinks {

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private NoLinks() {}

    /**
     * Opens it for reading. Any thread; two system calls and some more for each directory below {@code root} (5 to 7 us).
     *
     * @param root whose own path may have links: the document root; a file elsewhere is looked for from the top
     * @throws IOException if it is not there, or a link is on the way
     */
    public static SeekableByteChannel open(Path root, Path file) throws IOException {
        Path top = file.startsWith(root) && !file.equals(root) ? root : file.getRoot();
        try (DirectoryStream<Path> directory = Files.newDirectoryStream(top)) {
            return directory instanceof SecureDirectoryStream<Path> secure
                    ? below(secure, top.relativize(file), 0)
                    : Files.newByteChannel(file, READ);
        } catch (AccessDeniedException entered) {
            // One may be entered and not read, by anybody but root: Java can hold it open only for reading.
            return Files.newByteChannel(file, READ);
        }
    }

    private static SeekableByteChannel below(SecureDirectoryStream<Path> directory, Path names, int at) throws IOException {
        Path name = names.getName(at);
        if (at == names.getNameCount() - 1) {
            return directory.newByteChannel(name, READ);
        }
        try (SecureDirectoryStream<Path> next = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            return below(next, names, at + 1);
        }
    }
}
