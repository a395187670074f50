package org.jettyphp.htaccess;

import java.util.List;

/** What the application's own rules ask of PHP, each time as the files are then. Any thread. */
public interface PhpValues {

    /** Nothing. */
    PhpValues NONE = new PhpValues() {
        @Override
        public List<PhpValue> ofAll() {
            return List.of();
        }

        @Override
        public boolean isSaid(PhpValue value) {
            return false;
        }
    };

    /** What the document root's own file says outside of sections, in its order: it is for all scripts. What is for some, their {@link Applied} has. */
    List<PhpValue> ofAll();

    /** Whether the file is still the same one in which this was found. */
    boolean isSaid(PhpValue value);
}
