/**
 * Which FPM? Several targets, their health, and what may be tried again. Above it: {@code servlet}; below it: {@code pool},
 * {@code fastcgi}, {@code transport}. Thread rule: an exchange runs on the {@link org.jettyphp.pool.ExchangeThread} that has the slot.
 */
@NullMarked
package org.jettyphp.upstream;

import org.jspecify.annotations.NullMarked;
