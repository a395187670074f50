/** Whole ways of use: one suite, run unchanged against each of them, over HTTP and with the real php-fpm. */
package org.jettyphp.acceptance;
