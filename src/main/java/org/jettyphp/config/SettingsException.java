package org.jettyphp.config;

import java.util.List;

/** Settings that cannot be used; the message lists every problem and what would be right. */
public final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    SettingsException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
