/**
 * Which slot, and when? A slot is the right to one open connection, which is one PHP worker: lease, limit, queue. Above it: {@code upstream}
 * and {@code servlet}; below it: {@code fastcgi} and {@code transport}. Thread rule: anyone may submit; jobs run on
 * {@link org.jettyphp.pool.ExchangeThread}s, at most one for each slot, and those who wait hold none.
 */
@NullMarked
package org.jettyphp.pool;

import org.jspecify.annotations.NullMarked;
