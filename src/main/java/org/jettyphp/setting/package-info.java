/**
 * How a setting is declared: the annotation that every settings record carries on its components, and values that several packages read.
 * Imports nothing.
 */
@NullMarked
package org.jettyphp.setting;

import org.jspecify.annotations.NullMarked;
