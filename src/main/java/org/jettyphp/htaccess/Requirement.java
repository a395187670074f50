package org.jettyphp.htaccess;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jettyphp.setting.Network;

/** What {@code Require} demands. */
sealed interface Requirement {

    /** What is not known neither grants nor, turned round, grants. */
    enum Answer {
        YES, NO, UNKNOWN;

        static Answer of(boolean yes) {
            return yes ? YES : NO;
        }
    }

    Answer met(HtaccessRequest by);

    /** {@code all granted}, {@code all denied}. */
    record Always(boolean granted) implements Requirement {
        @Override
        public Answer met(HtaccessRequest by) {
            return Answer.of(granted);
        }
    }

    /** {@code valid-user}, {@code expr} and what else cannot be told here. */
    record Unknown() implements Requirement {
        @Override
        public Answer met(HtaccessRequest by) {
            return Answer.UNKNOWN;
        }
    }

    record From(List<Network> networks) implements Requirement {
        @Override
        public Answer met(HtaccessRequest by) {
            InetAddress client = HostNotation.address(by.facts().remoteAddr());
            return Answer.of(client != null && networks.stream().anyMatch(network -> network.has(client)));
        }
    }

    /** {@code local}: from this machine, by a loopback address or by the one it was asked at. */
    record Local() implements Requirement {
        @Override
        public Answer met(HtaccessRequest by) {
            InetAddress client = HostNotation.address(by.facts().remoteAddr());
            return Answer.of(client != null && client.isLoopbackAddress() || by.facts().remoteAddr().equals(by.facts().serverAddr()));
        }
    }

    record Method(Set<String> methods) implements Requirement {
        @Override
        public Answer met(HtaccessRequest by) {
            return Answer.of(methods.contains(by.facts().method()));
        }
    }

    record Variable(List<String> names) implements Requirement {
        @Override
        public Answer met(HtaccessRequest by) {
            return Answer.of(names.stream().anyMatch(name -> by.variable(name) != null));
        }
    }

    record Not(Requirement turned) implements Requirement {
        @Override
        public Answer met(HtaccessRequest by) {
            return switch (turned.met(by)) {
                case YES -> Answer.NO;
                case NO -> Answer.YES;
                case UNKNOWN -> Answer.UNKNOWN;
            };
        }
    }

    /** {@code <RequireAny>}, and several lines without a section. */
    record Any(List<Requirement> of) implements Requirement {
        @Override
        public Answer met(HtaccessRequest by) {
            return of.stream().anyMatch(each -> each.met(by) == Answer.YES) ? Answer.YES : Answer.NO;
        }
    }

    /** {@code <RequireAll>}. */
    record All(List<Requirement> of) implements Requirement {
        @Override
        public Answer met(HtaccessRequest by) {
            return of.stream().allMatch(each -> each.met(by) == Answer.YES) ? Answer.YES : Answer.NO;
        }
    }

    /** {@code <RequireNone>}. */
    record None(List<Requirement> of) implements Requirement {
        @Override
        public Answer met(HtaccessRequest by) {
            return of.stream().allMatch(each -> each.met(by) == Answer.NO) ? Answer.YES : Answer.UNKNOWN;
        }
    }
}
