package org.jettyphp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jettyphp.peers.BareFpm;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final int ROUNDS = 20;

    /**
     * Nagle's algorithm would hold the second of two small pieces back until the first is acknowledged, and a receiver that has nothing to say
     * acknowledges after 40 ms.
     */
    @Test
    void overTcpASmallPieceDoesNotWaitForTheAcknowledgementOfTheOneBefore() throws Exception {
        Queue<Long> gaps = new ConcurrentLinkedQueue<>();
        try (BareFpm peer = BareFpm.onTcp((line, number) -> {
            for (int round = 0; round < ROUNDS; round++) {
                line.read(1);
                long first = System.nanoTime();
                line.read(1);
                gaps.add(System.nanoTime() - first);
                line.wire().raw(new byte[1]);
            }
        }); Poller poller = new Poller()) {
            Address address = new Address.Tcp("127.0.0.1", peer.port());
            Deadline deadline = Deadline.in(Duration.ofSeconds(20));
            try (Connection connection = Connection.open(address, address.resolve().get(0), poller, deadline)) {
                for (int round = 0; round < ROUNDS; round++) {
                    for (int piece = 0; piece < 2; piece++) {
                        assertEquals(1, connection.write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 1));
                    }
                    assertTrue(connection.await(SelectionKey.OP_READ, deadline));
                    assertEquals(1, connection.read(ByteBuffer.allocate(1)));
                }
            }
        }
        assertEquals(ROUNDS, gaps.size());
        assertTrue(gaps.stream().sorted().toList().get(ROUNDS / 2) < TimeUnit.MILLISECONDS.toNanos(20), gaps.toString());
    }

    /** The JDK keeps the descriptor of a closed channel until the next look at its selector, which an idle thread may not take for long. */
    @Test
    void anAttemptThatIsRefusedLeavesNoDescriptorBehind() throws Exception {
        int attempts = 50;
        try (Poller poller = new Poller()) {
            Address nobody = new Address.Tcp("127.0.0.1", 1);
            long before = descriptors();
            for (int i = 0; i < attempts; i++) {
                assertThrows(ConnectException.class,
                        () -> Connection.open(nobody, nobody.resolve().get(0), poller, Deadline.in(Duration.ofSeconds(20))));
                assertTrue(descriptors() - before < attempts / 2, "descriptors are closed");
            }
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
