package org.jettyphp.upstream;

import java.util.ArrayList;
import java.util.List;
import org.jettyphp.pool.Lane;
import org.jettyphp.transport.Address;
import org.jettyphp.transport.AddressNotation;

/**
 * One of the PHP-FPMs in the setting {@code target}, as in {@code 10.0.0.1:9000 weight=3, 10.0.0.2:9000, unix:/run/spare.sock backup}.
 *
 * @param weight its share beside the others, 1 to 1000
 * @param backup whether it is used only while no other one is in
 */
record Target(Address address, int weight, boolean backup) {

    private static final int MOST_WEIGHT = 1000;
    private static final String WEIGHT = "weight=";

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

    Lane.Share share(int slots) {
        return new Lane.Share(slots, weight, backup);
    }

    private static Target one(String text) {
        String[] words = text.split("\\s+");
        int weight = 1;
        boolean backup = false;
        for (int i = 1; i < words.length; i++) {
            if (words[i].equals("backup")) {
                backup = true;
            } else if (words[i].startsWith(WEIGHT)) {
                weight = weight(words[i].substring(WEIGHT.length()));
            } else {
                throw new IllegalArgumentException("target '" + text + "': '" + words[i] + "' is neither weight=N nor backup");
            }
        }
        return new Target(AddressNotation.read(words[0]), weight, backup);
    }

    private static int weight(String text) {
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_WEIGHT) {
            throw new IllegalArgumentException("weight=" + text + ": a weight is a number from 1 to " + MOST_WEIGHT);
        }
        return Integer.parseInt(text);
    }
}
