package org.jettyphp.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jettyphp.setting.Setting;
import org.jettyphp.setting.TextLines;
import org.jspecify.annotations.Nullable;

/**
 * A setting as the component of a record declares it.
 *
 * @param owner the record
 * @param name the component's name, camelCase
 * @param type how its values are written
 * @param standard the value if nobody gives one; null if it has no default, empty for a list or a group without one
 * @param declaration default and description as written
 */
record DeclaredSetting(Class<? extends Record> owner, String name, SettingType type, @Nullable Object standard, Setting declaration) {

    /** The JDK reads the annotations of components afresh each time that they are asked for. */
    private static final ClassValue<List<DeclaredSetting>> KNOWN = new ClassValue<>() {
        @Override
        protected List<DeclaredSetting> computeValue(Class<?> type) {
            Class<? extends Record> owner = type.asSubclass(Record.class);
            return Arrays.stream(owner.getRecordComponents()).map(component -> of(owner, component)).toList();
        }
    };

    /**
     * The settings of a record, in the order of its components.
     *
     * @throws IllegalArgumentException on a mistake of the programmer: a component without {@link Setting}, with a type that settings
     *         cannot have, with a default that cannot be parsed, or a primitive one without a default
     */
    static List<DeclaredSetting> of(Class<? extends Record> owner) {
        return KNOWN.get(owner);
    }

    /** What counts when this is given: of a list that adds, the default and what is given. */
    Object completed(Object given) {
        if (!declaration.adds() || given instanceof TextLines) {
            return given;
        }
        Set<Object> all = new LinkedHashSet<>((List<?>) Objects.requireNonNull(standard));
        all.addAll((List<?>) given);
        return List.copyOf(all);
    }

    SettingDescription description() {
        return new SettingDescription(name, type.group(), type.word(), declaration.byDefault(), declaration.text(), owner);
    }

    private static DeclaredSetting of(Class<? extends Record> owner, RecordComponent component) {
        String place = owner.getSimpleName() + "." + component.getName();
        Setting declaration = component.getAnnotation(Setting.class);
        if (declaration == null) {
            throw new IllegalArgumentException(place + " has no @Setting");
        }
        try {
            SettingType type = SettingType.of(component.getGenericType());
            boolean list = type.absent() instanceof List;
            if (declaration.adds() && !list && !(type.absent() instanceof TextLines && declaration.byDefault().equals(Setting.NONE))) {
                throw new IllegalArgumentException("only a list can add to its default");
            }
            return new DeclaredSetting(owner, component.getName(), type, standard(component, type, declaration), declaration);
        } catch (IllegalArgumentException mistake) {
            throw new IllegalArgumentException(place + ": " + mistake.getMessage(), mistake);
        }
    }

    private static @Nullable Object standard(RecordComponent component, SettingType type, Setting declaration) {
        if (!declaration.byDefault().equals(Setting.NONE)) {
            if (type.group()) {
                throw new IllegalArgumentException("a group has no default");
            }
            return type.parser().apply(declaration.byDefault());
        }
        if (component.getType().isPrimitive()) {
            throw new IllegalArgumentException("a " + component.getType() + " needs a default; without one, use the nullable class");
        }
        return type.absent();
    }
}
