/**
 * Requests that mean harm, as a table of bytes, sent to a server that is judged by what must never happen. Plain JDK: {@code src/bench/run
 * attacks} compiles these classes without ours, since they judge other servers too.
 */
package org.jettyphp.attacks;
