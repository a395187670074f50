/** A long run of many clients at once, some of whom leave: ./test soak. */
package org.jettyphp.soak;
