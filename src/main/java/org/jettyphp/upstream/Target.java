package org.jettyphp.upstream;

import java.util.ArrayList;
import java.util.List;
import org.jettyphp.pool.Lane;
import org.jettyphp.transport.Address;
import org.jettyphp.transport.AddressNotation;
import org.jspecify.annotations.Nullable;

/**
 * One of the PHP-FPMs in the setting {@code target}, as in {@code 10.0.0.1:9000 weight=3, 10.0.0.2:9000, unix:/run/spare.sock backup}.
 *
 * @param weight its share beside the others, 1 to 1000
 * @param backup whether it is used only while no other one is in
 * @param status the {@code pm.status_listen} of its pool, in {@code unix:/run/app.sock status=/run/app-status.sock}; null: none
 * @param least 0, or how many workers a pool has at first that starts more of itself: one that keeps some idle, so that requests need not wait in
 *        its backlog to make it grow
 */
record Target(Address address, int weight, boolean backup, @Nullable Address status, int least) {

    private static final int MOST_WEIGHT = 1000;
    private static final String WEIGHT = "weight=";
    private static final String STATUS = "status=";

    /** Alone, with nothing beside its address. */
    static Target alone(Address address) {
        return new Target(address, 1, false, null, 0);
    }

    /**
     * Reads the list.
     *
     * @throws IllegalArgumentException with what is understood
     */
    static List<Target> list(String setting) {
        List<Target> targets = new ArrayList<>();
        for (String text : setting.split(",", -1)) {
            targets.add(one(text.strip()));
        }
        if (targets.stream().map(Target::address).distinct().count() < targets.size()) {
            throw new IllegalArgumentException("target '" + setting + "' has an address twice");
        }
        if (targets.stream().allMatch(Target::backup)) {
            throw new IllegalArgumentException("target '" + setting + "' has only backups");
        }
        return targets;
    }

    /** The same at one of the addresses that its name stands for. */
    Target at(Address one) {
        boolean beside = status instanceof Address.Tcp there && address instanceof Address.Tcp own && there.host().equals(own.host());
        Address statusThere = beside && status instanceof Address.Tcp there && one instanceof Address.Tcp own
                ? new Address.Tcp(own.host(), there.port()) : status;
        return new Target(one, weight, backup, statusThere, least);
    }

    Lane.Share share(int slots) {
        return new Lane.Share(slots, weight, backup);
    }

    private static Target one(String text) {
        String[] words = text.split("\\s+");
        Address address = AddressNotation.read(words[0]);
        int weight = 1;
        boolean backup = false;
        Address status = null;
        for (int i = 1; i < words.length; i++) {
            if (words[i].equals("backup")) {
                backup = true;
            } else if (words[i].startsWith(WEIGHT)) {
                weight = weight(words[i].substring(WEIGHT.length()));
            } else if (words[i].startsWith(STATUS)) {
                status = status(words[i].substring(STATUS.length()), address);
            } else {
                throw new IllegalArgumentException(
                        "target '" + text + "': '" + words[i] + "' is neither weight=N, backup nor status=ADDRESS");
            }
        }
        return new Target(address, weight, backup, status, 0);
    }

    private static int weight(String text) {
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_WEIGHT) {
            throw new IllegalArgumentException("weight=" + text + ": a weight is a number from 1 to " + MOST_WEIGHT);
        }
        return Integer.parseInt(text);
    }

    /** A mere port is one of the target's own host. */
    private static Address status(String text, Address beside) {
        Address read = AddressNotation.read(text);
        return read instanceof Address.Tcp port && beside instanceof Address.Tcp tcp && text.matches("[0-9]+")
                ? new Address.Tcp(tcp.host(), port.port()) : read;
    }
}
