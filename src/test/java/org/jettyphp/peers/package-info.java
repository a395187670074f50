/** Those the tests talk to: the real php-fpm, a scripted one that misbehaves on demand, and an HTTP client that sends exactly what it is told. */
package org.jettyphp.peers;
