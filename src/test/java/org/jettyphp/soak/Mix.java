package org.jettyphp.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jettyphp.soak.Ask.Kind;

/** How often each kind of request comes in a day as it usually is: mostly pages, some forms, few large ones. */
final class Mix {

    private static final List<Kind> HUNDRED = new ArrayList<>();

    static {
        add(33, Kind.HELLO);
        add(12, Kind.HTTP2_HELLO, Kind.SMALL_UPLOAD);
        add(5, Kind.STATIC_FILE, Kind.FLUSHED_STREAM, Kind.BIG_ANSWER);
        add(4, Kind.HEAD, Kind.SMALL_CHUNKED_UPLOAD, Kind.HTTP2_SMALL_UPLOAD, Kind.SLOW_READER);
        add(3, Kind.HTTP2_BIG_ANSWER);
        add(2, Kind.NOT_FOUND, Kind.LARGE_UPLOAD, Kind.LARGE_CHUNKED_UPLOAD);
        add(1, Kind.SLOW_SENDER, Kind.SLOW_CHUNKED_SENDER, Kind.HTTP2_LARGE_UPLOAD);
    }

    private Mix() {}

    private static void add(int times, Kind... kinds) {
        for (Kind kind : kinds) {
            HUNDRED.addAll(Collections.nCopies(times, kind));
        }
    }

    static Kind random(Random random) {
        return HUNDRED.get(random.nextInt(HUNDRED.size()));
    }
}
