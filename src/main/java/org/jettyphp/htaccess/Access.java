package org.jettyphp.htaccess;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may have it.
 *
 * @param require null: nothing is required
 * @param hosts null: nothing is said about hosts
 * @param either {@code Satisfy Any}: one of the two is enough; null: not said
 * @param limited what holds for some methods
 * @param closed a line that was not understood has closed it to everybody
 */
record Access(@Nullable Requirement require, @Nullable HostRules hosts, @Nullable Boolean either, List<Limited> limited, boolean closed) {

    static final Access NOTHING_SAID = new Access(null, null, null, List.of(), false);

    /** {@code <Limit>} and {@code <LimitExcept>}. */
    record Limited(Set<String> methods, boolean except, Access access) {

        boolean concerns(String method) {
            // To Apache HEAD and GET are one.
            boolean named = methods.contains(method) || method.equals("HEAD") && methods.contains("GET")
                    || method.equals("GET") && methods.contains("HEAD");
            return named != except;
        }
    }

    boolean says() {
        return !equals(NOTHING_SAID);
    }

    /** What is said further below, or for a file, takes the place of what was said before, kind by kind. */
    Access merge(Access over) {
        return new Access(over.require != null ? over.require : require, over.hosts != null ? over.hosts : hosts,
                over.either != null ? over.either : either, over.limited.isEmpty() ? limited : over.limited, closed || over.closed);
    }

    boolean grants(HtaccessRequest to) {
        if (closed) {
            return false;
        }
        boolean byRequire = require == null || require.met(to) == Requirement.Answer.YES;
        boolean byHost = hosts == null || hosts.grants(to);
        boolean one = Boolean.TRUE.equals(either) && require != null && hosts != null;
        return (one ? byRequire || byHost : byRequire && byHost) && grantsMethod(to);
    }

    private boolean grantsMethod(HtaccessRequest to) {
        for (Limited each : limited) {
            if (each.concerns(to.facts().method()) && !each.access().grants(to)) {
                return false;
            }
        }
        return true;
    }
}
