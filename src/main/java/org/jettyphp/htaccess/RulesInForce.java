package org.jettyphp.htaccess;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force below a document root as one request finds them: each file is looked at once, so that all rounds of the request go by
 * the same rules. Belongs to one thread.
 */
public final class RulesInForce {

    /**
     * What the files from the root down to a directory say.
     *
     * @param directives null: there is no file
     * @param sections of all of them, which come last
     * @param php what those below the root say to PHP; the root's own is for all files
     * @param rewriteDirectory the last of the directories that say something about rewriting, with a final slash
     */
    private record Merged(Path directory, @Nullable Directives directives, List<FilesSection> sections, List<PhpValue> php,
            String rewriteDirectory) {

        Merged with(Path below, HtaccessFile file, List<PhpValue> more) {
            Directives said = file.directives();
            return new Merged(below, directives == null ? said : directives.merge(said), both(sections, file.sections()), both(php, more),
                    said.rewrite() != null ? Applied.withSlash(below) : rewriteDirectory);
        }
    }

    private static <T> List<T> both(List<T> above, List<T> below) {
        if (above.isEmpty() || below.isEmpty()) {
            return above.isEmpty() ? below : above;
        }
        List<T> all = new ArrayList<>(above);
        all.addAll(below);
        return all;
    }

    private final Htaccess files;
    private final Path root;
    private final List<Merged> known = new ArrayList<>(4);
    private boolean found;

    RulesInForce(Htaccess files, Path root) {
        this.files = files;
        this.root = root;
    }

    /**
     * The rules for one file or directory.
     *
     * @param directory one at or below the root, that exists, by name; outside it there are no rules
     * @param name of the file within it, which need not exist; empty for the directory
     */
    public Applied of(Path directory, String name) {
        Merged merged = downTo(directory);
        Directives all = merged.directives();
        if (all == null) {
            return Applied.NONE;
        }
        List<PhpValue> php = merged.php();
        for (FilesSection section : merged.sections()) {
            try {
                if (section.means(name)) {
                    all = all.merge(section.directives());
                    php = both(php, section.php());
                }
            } catch (BoundedText.TooCostlyException costly) {
                all = all.merge(HtaccessFile.closed(String.valueOf(costly.getMessage())).directives());
            }
        }
        return new Applied(all, merged.rewriteDirectory(), name, php);
    }

    /** Whether no file has been found in any directory that was asked for. */
    public boolean areNone() {
        return !found;
    }

    private Merged downTo(Path directory) {
        for (Merged each : known) {
            if (each.directory().equals(directory)) {
                return each;
            }
        }
        Merged merged = look(directory);
        known.add(merged);
        return merged;
    }

    private Merged look(Path directory) {
        boolean atRoot = directory.equals(root);
        if (!atRoot && !directory.startsWith(root)) {
            return new Merged(directory, null, List.of(), List.of(), "");
        }
        Path parent = directory.getParent();
        Merged above = atRoot || parent == null ? new Merged(root, null, List.of(), List.of(), "") : downTo(parent);
        HtaccessFile file = files.file(directory);
        found |= file != null;
        return file == null
                ? new Merged(directory, above.directives(), above.sections(), above.php(), above.rewriteDirectory())
                // The root's own name has been made already.
                : above.with(atRoot ? root : directory, file, atRoot ? List.of() : file.php());
    }
}
