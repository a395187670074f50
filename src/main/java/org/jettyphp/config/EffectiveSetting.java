package org.jettyphp.config;

/** A setting as it is in force: its value as a user would write it, and where it comes from. */
public record EffectiveSetting(String name, String value, String origin) {}
