package org.jettyphp.htaccess;

import java.util.List;

/**
 * {@code Order}, {@code Allow from}, {@code Deny from}: the access control of Apache 2.2.
 *
 * @param allowFirst whether deny has the last word, and is what counts where neither speaks ({@code Order allow,deny})
 */
record HostRules(boolean allowFirst, List<Requirement> allow, List<Requirement> deny) {

    /** A {@code Deny} of which nobody knows whether it is meant denies. */
    boolean grants(HtaccessRequest to) {
        boolean allowed = allow.stream().anyMatch(each -> each.met(to) == Requirement.Answer.YES);
        boolean denied = deny.stream().anyMatch(each -> each.met(to) != Requirement.Answer.NO);
        return allowFirst ? allowed && !denied : allowed || !denied;
    }
}
