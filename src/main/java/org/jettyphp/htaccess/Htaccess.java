package org.jettyphp.htaccess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code .htaccess} files below a document root. Each is read when it is first needed, and again when it has changed: every request looks
 * whether it is there, with which size, time and inode (1.1 us for one that is not there, twice as much for one that is). Any thread.
 */
public final class Htaccess {

    private static final Logger LOG = LoggerFactory.getLogger(Htaccess.class);
    private static final String NAME = ".htaccess";
    private static final long LARGEST = 1024 * 1024;

    private record Version(long size, long modifiedNanos, @Nullable Object inode) {}

    private record Known(Version version, HtaccessFile file) {}

    private record InForce(Path directory, HtaccessFile file) {}

    private final Map<Path, Known> known = new ConcurrentHashMap<>();
    private volatile boolean phpObeys;

    /** From now on PHP has the values of {@link #phpValues}: they are not warned of as ignored. */
    public void phpObeys() {
        phpObeys = true;
    }

    /** What the document root's own file asks of PHP, for all files, in its order. Whoever sets such values must set them for everything. */
    public List<PhpValue> phpValues(Path root) {
        HtaccessFile file = file(root, true);
        return file == null ? List.of() : file.php();
    }

    /**
     * The rules in force.
     *
     * @param root the document root
     * @param directory one at or below it, that exists, by name
     * @param name of the file within it, which need not exist; empty for the directory
     */
    public Applied at(Path root, Path directory, String name) {
        List<InForce> files = files(root, directory);
        if (files.isEmpty()) {
            return Applied.NONE;
        }
        Directives merged = null;
        Path rewriteDirectory = root;
        for (InForce each : files) {
            merged = merged == null ? each.file().directives() : merged.merge(each.file().directives());
            rewriteDirectory = each.file().directives().rewrite() != null ? each.directory() : rewriteDirectory;
        }
        Directives all = Objects.requireNonNull(merged);
        for (InForce each : files) {
            for (FilesSection section : each.file().sections()) {
                all = with(section, name, all);
            }
        }
        return new Applied(all, rewriteDirectory.toString().equals("/") ? "/" : rewriteDirectory + "/", name);
    }

    private static Directives with(FilesSection section, String name, Directives base) {
        try {
            return section.means(name) ? base.merge(section.directives()) : base;
        } catch (BoundedText.TooCostlyException costly) {
            return base.merge(HtaccessFile.closed(String.valueOf(costly.getMessage())).directives());
        }
    }

    private List<InForce> files(Path root, Path directory) {
        List<InForce> files = new ArrayList<>(2);
        for (Path each = directory; each != null && each.startsWith(root); each = each.getParent()) {
            HtaccessFile file = file(each, each.equals(root));
            if (file != null) {
                files.add(0, new InForce(each, file));
            }
        }
        return files;
    }

    private @Nullable HtaccessFile file(Path directory, boolean root) {
        Path file = directory.resolve(NAME);
        Known before = known.get(directory);
        // Asking for the attributes of what is not there costs three times as much as asking whether it is.
        if (before == null && !Files.exists(file)) {
            return null;
        }
        Version version;
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            version = new Version(now.size(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS), now.fileKey());
        } catch (NoSuchFileException gone) {
            known.remove(directory);
            return null;
        } catch (IOException hidden) {
            return HtaccessFile.closed(hidden.toString());
        }
        if (before != null && before.version().equals(version)) {
            return before.file();
        }
        HtaccessFile read = read(file, version);
        read.warnings().forEach(warning -> LOG.warn("{}", warning));
        if (!root || !phpObeys) {
            read.php().forEach(value -> LOG.warn("{}", value.ignored()));
        }
        known.put(directory, new Known(version, read));
        return read;
    }

    private static HtaccessFile read(Path file, Version version) {
        if (version.size() > LARGEST) {
            return HtaccessFile.closed(file + " is larger than " + LARGEST + " bytes: everything below it is denied");
        }
        try {
            return HtaccessParser.parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return HtaccessFile.closed("Everything below " + file + " is denied, since it cannot be read: " + unreadable);
        }
    }
}
