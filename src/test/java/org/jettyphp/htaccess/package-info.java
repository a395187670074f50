@NullMarked
package org.jettyphp.htaccess;

import org.jspecify.annotations.NullMarked;
