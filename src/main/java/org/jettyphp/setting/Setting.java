package org.jettyphp.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One setting: a component of the settings record of the part it configures. The component's name is the setting's name in camelCase;
 * {@code --help}, {@code --show-config}, the table in the documentation and the reader are all made from this declaration.
 *
 * <p>The component's type says how values are written:
 * <table>
 *   <caption>Types of components</caption>
 *   <tr><th>type</th><th>values</th></tr>
 *   <tr><td>{@code String}</td><td>text of one line, not empty</td></tr>
 *   <tr><td>{@code Path}</td><td>a path as given; a relative one is resolved by the part that uses it</td></tr>
 *   <tr><td>{@code boolean}</td><td>{@code true on yes}, {@code false off no}</td></tr>
 *   <tr><td>{@code int}</td><td>a whole number</td></tr>
 *   <tr><td>{@code long, Long}</td><td>always a size in bytes: {@code 4096 64k 1m 2g}</td></tr>
 *   <tr><td>{@code Duration}</td><td>{@code 500ms 30s 2m 1h 0}</td></tr>
 *   <tr><td>an enum</td><td>its constants in kebab-case: {@code ROUND_ROBIN} is {@code round-robin}</td></tr>
 *   <tr><td>{@code List<String>}</td><td>items separated by spaces or commas; may be empty</td></tr>
 *   <tr><td>{@link TextLines}</td><td>text of several lines; may be empty</td></tr>
 *   <tr><td>{@code Map<String, String>}</td><td>a group: any number of entries {@code name.ENTRY=value}, without a default</td></tr>
 *   <tr><td>{@code Map<String, Duration>}</td><td>a group of durations: {@code name.ENTRY=10m}</td></tr>
 * </table>
 * Bounds are checked in the record's constructor, which throws {@link IllegalArgumentException} with a message that begins with the
 * setting's name. A component without a default is nullable ({@code Integer}, not {@code int}); a list or a group then is empty.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /** Stands for a setting that has no default: the component is then null (or an empty map for a group). */
    String NONE = "";

    /** The default as a user would write it, for example {@code 30s} or {@code index.php index.html}; {@link #NONE}: no default. */
    String byDefault() default NONE;

    /**
     * Whether what is given, of a list or of lines, is added to the default, to a preset's and to what is said for all sites, instead of
     * taking its place. Of lines those of the stronger source come first.
     */
    boolean adds() default false;

    /** One sentence: what it does, its unit, bounds, and how it interacts with others. */
    String text();
}
