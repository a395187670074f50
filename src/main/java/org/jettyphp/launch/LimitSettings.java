package org.jettyphp.launch;

import java.time.Duration;
import org.jettyphp.setting.Setting;

/** What one client may ask of the embedded server itself, before PHP comes into it. */
public record LimitSettings(
        @Setting(byDefault = "8k", text = "Longest path and query of a request together, as sent; longer ones get 414")
        long maxUri,
        @Setting(byDefault = "80k", text = "Largest head of a request, its request line and header fields together; a larger one gets 431. "
                + "Over HTTP/2 each field counts 32 bytes more, as RFC 9113 has it. At least 1k, at most 16m")
        long maxRequestHead,
        @Setting(byDefault = "100", text = "Most header fields of a request; with more it gets 431. All Cookie fields count as one. 0: without limit")
        int maxRequestFields,
        @Setting(byDefault = "30s", text = "How long the head of a request may take from its first byte to its last; then 408. "
                + "Over HTTP/2 the connection is closed. 0: without limit")
        Duration headTimeout,
        @Setting(byDefault = "1000", text = "Most requests of one connection; the last is answered with Connection: close, over HTTP/2 with GOAWAY. "
                + "0: without limit")
        int maxRequestsPerConnection,
        @Setting(byDefault = "128", text = "Most requests under way on one connection of HTTP/2; more are refused and may be sent again. At least 1")
        int http2Streams,
        @Setting(byDefault = "128", text = "Most frames a second that cost a client of HTTP/2 nothing: resets, pings, settings, priorities, continuations, "
                + "empty data; then its connection is closed. Raise it for a proxy that brings the requests of many over one connection. 0: without limit")
        int http2ControlFrames) {

    private static final int SMALLEST_HEAD = 1024;

    /** Over HTTP/2 a head of twice the size is read, so that it can be answered; Jetty counts in ints. */
    private static final int LARGEST_HEAD = 16 * 1024 * 1024;

    /** @throws IllegalArgumentException if a value cannot be used; the message begins with the setting's name */
    public LimitSettings {
        if (maxUri < 1) {
            throw new IllegalArgumentException("maxUri is " + maxUri + "; it is 1 or more");
        }
        if (maxRequestHead < SMALLEST_HEAD || maxRequestHead > LARGEST_HEAD) {
            throw new IllegalArgumentException("maxRequestHead is " + maxRequestHead + "; it lies between 1k and 16m");
        }
        if (http2Streams < 1) {
            throw new IllegalArgumentException("http2Streams is " + http2Streams + "; it is 1 or more");
        }
        checkNotNegative("maxRequestFields", maxRequestFields);
        checkNotNegative("headTimeout", headTimeout.toMillis());
        checkNotNegative("maxRequestsPerConnection", maxRequestsPerConnection);
        checkNotNegative("http2ControlFrames", http2ControlFrames);
    }

    private static void checkNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is negative");
        }
    }

    /** In bytes, as Jetty wants it. */
    int largestHead() {
        return (int) maxRequestHead;
    }
}
