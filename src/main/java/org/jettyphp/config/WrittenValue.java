package org.jettyphp.config;

/** What stands in a source, and what a message calls the place. */
record WrittenValue(String text, String origin, SettingSource.Kind kind) {}
