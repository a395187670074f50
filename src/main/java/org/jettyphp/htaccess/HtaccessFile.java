package org.jettyphp.htaccess;

import java.util.List;
import java.util.stream.Stream;

/**
 * A file that was read.
 *
 * @param sections for some of the directory's files, in order
 * @param php values for PHP, those of sections apart
 * @param warnings what is not understood, each with file and line
 */
record HtaccessFile(Directives directives, List<FilesSection> sections, List<PhpValue> php, List<String> warnings) {

    /** A file that cannot be read: nobody knows what it forbids. */
    static HtaccessFile closed(String reason) {
        Scope scope = new Scope();
        scope.access().close("");
        return new HtaccessFile(scope.made(), List.of(), List.of(), List.of(reason));
    }

    /** Those of sections too. */
    Stream<PhpValue> allPhp() {
        return Stream.concat(php.stream(), sections.stream().flatMap(section -> section.php().stream()));
    }

    /** Whether it was found in this file, as it was read this time. */
    boolean says(PhpValue value) {
        return allPhp().anyMatch(each -> each == value);
    }
}
