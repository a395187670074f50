/** Tests of the decision which file a URL means: tables on a real tree, random paths, deploys, two roots. */
@NullMarked
package org.jettyphp.script;

import org.jspecify.annotations.NullMarked;
