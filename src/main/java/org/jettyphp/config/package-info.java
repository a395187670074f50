/**
 * A generic reader: init-params, context-params, a properties file, the environment and flags into settings records.
 *
 * <p>The parts of the server own their settings: each declares a record whose components carry
 * {@link org.jettyphp.setting.Setting}, with its default, its sentence and its bounds. {@code servlet} and {@code launch} hand the
 * record classes in and get them back filled; this package knows no setting by name, except where it moves a stock Jetty
 * {@code web.xml} over ({@link org.jettyphp.config.StockParameters}).
 *
 * <p>Start reading at {@link org.jettyphp.config.SettingsReader#read}. It imports {@code setting} and the JDK, nothing else.
 *
 * <p>Threads: everything here is immutable or local to one call; it runs once, at start.
 */
@NullMarked
package org.jettyphp.config;

import org.jspecify.annotations.NullMarked;
