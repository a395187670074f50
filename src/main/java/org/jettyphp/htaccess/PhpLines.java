package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads PHP's ini values. Whether PHP runs at all is for {@link TypingLines}. */
final class PhpLines implements Lines {

    private static final Set<String> ADMIN = Set.of("php_admin_value", "php_admin_flag");

    /** {@code line}: the whole one. */
    record Found(Line line, String name, String value) {}

    private final List<Found> found = new ArrayList<>();
    private final boolean ofFiles;

    /** {@code ofFiles}: for all that the file is for, or some files by name, and not for some requests only. */
    PhpLines(boolean ofFiles) {
        this.ofFiles = ofFiles;
    }

    @Override
    public boolean take(Line line) throws NotUnderstoodException {
        boolean flag = line.key().equals("php_flag");
        boolean admin = ADMIN.contains(line.key());
        if (!flag && !admin && !line.key().equals("php_value")) {
            return false;
        }
        List<String> words = line.words();
        String name = words.isEmpty() ? "NAME" : words.get(0).replaceAll("\\p{Cntrl}", " ");
        if (admin) {
            throw new NotUnderstoodException(
                    "is ignored: it is not for .htaccess; set adminIni." + name + " instead, for the whole application");
        }
        if (words.size() != 2) {
            throw new NotUnderstoodException("is not a name and a value");
        }
        if (!ofFiles) {
            throw new NotUnderstoodException("is ignored: such a section is for access alone");
        }
        found.add(new Found(line, name, flag ? flag(words.get(1)) : words.get(1).equalsIgnoreCase("none") ? "" : words.get(1)));
        return true;
    }

    /** As mod_php takes it (php-src 8.2, sapi/apache2handler/apache_config.c). */
    private static String flag(String word) {
        return word.toLowerCase(Locale.ROOT).equals("on") || word.equals("1") ? "1" : "0";
    }

    /** In their order. */
    List<Found> found() {
        return found;
    }
}
