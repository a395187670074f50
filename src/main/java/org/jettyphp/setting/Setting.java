package org.jettyphp.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One setting: a component of the settings record of the part it configures. The component's name is the setting's name in camelCase;
 * {@code --help}, {@code --show-config}, the table in the documentation and the reader are all made from this declaration.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /** Stands for a setting that has no default: the component is then null (or an empty map for a group). */
    String NONE = "";

    /** The default as a user would write it, for example {@code 30s} or {@code index.php index.html}; {@link #NONE}: no default. */
    String byDefault() default NONE;

    /** One sentence: what it does, its unit, bounds, and how it interacts with others. */
    String text();
}
