package org.jettyphp.htaccess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code .htaccess} files below a document root. Each is read when it is first needed, and again when it has changed: every request looks
 * once whether it is there, with which size, time and inode (1.1 us for one that is not there, twice as much for one that is). Any thread.
 */
public final class Htaccess {

    private static final Logger LOG = LoggerFactory.getLogger(Htaccess.class);
    private static final Path NAME = Path.of(".htaccess");
    private static final long LARGEST = 1024 * 1024;

    /** What {@code FileIdentity} further up is, but also of a file without an inode: rules hold on every file system. */
    private record Version(long size, long modifiedNanos, @Nullable Object inode) {}

    private record Known(Path path, Version version, HtaccessFile file) {}

    private final Map<Path, Known> known = new ConcurrentHashMap<>();
    private volatile boolean phpObeys;

    /**
     * What is asked of PHP. From now on PHP obeys: such lines are not warned of as ignored.
     *
     * @param root says which document root is in force, null: none
     */
    public PhpValues phpObeys(Supplier<@Nullable Path> root) {
        phpObeys = true;
        return new PhpValues() {
            @Override
            public List<PhpValue> ofAll() {
                Path now = root.get();
                HtaccessFile file = now == null ? null : file(now);
                return file == null ? List.of() : file.php();
            }

            @Override
            public boolean isSaid(PhpValue value) {
                return known.keySet().stream().map(Htaccess.this::file).anyMatch(file -> file != null && file.says(value));
            }
        };
    }

    /** The rules as one request finds them, below a document root. */
    public RulesInForce inForce(Path root) {
        return new RulesInForce(this, root);
    }

    /** Whether a directory has such a file, looked at now. */
    public boolean isIn(Path directory) {
        return file(directory) != null;
    }

    /** Looks at a directory's file; null: it has none. */
    @Nullable
    HtaccessFile file(Path directory) {
        Known before = known.get(directory);
        Path file = before == null ? directory.resolve(NAME) : before.path();
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
        if (!phpObeys) {
            read.allPhp().forEach(value -> LOG.warn("{}", value.ignored()));
        }
        known.put(directory, new Known(file, version, read));
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
