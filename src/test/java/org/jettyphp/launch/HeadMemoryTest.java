package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jettyphp.config.SettingsReader;
import org.junit.jupiter.api.Test;

/** That the worst head of a request takes no more memory than the documentation of the limits says. */
class HeadMemoryTest {

    private static final long DOCUMENTED = 2L << 20;
    private static final int LARGEST =
            new SettingsReader(List.of(LimitSettings.class)).read(List.of()).get(LimitSettings.class).largestHead();

    private final com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The bytes that are allocated for a head of fields of four bytes each. */
    private long read() {
        String begin = "GET / HTTP/1.1\r\nHost:x\r\n";
        ByteBuffer head = StandardCharsets.US_ASCII.encode(begin + "a:\r\n".repeat((LARGEST - begin.length() - 2) / 4) + "\r\n");
        Fields fields = new Fields();
        long before = threads.getCurrentThreadAllocatedBytes();
        HttpParser parser = new HttpParser(fields, LARGEST);
        parser.setHeaderCacheSize(0);
        parser.parseNext(head);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals((LARGEST - begin.length() - 2) / 4 + 1, fields.all.size());
        return allocated;
    }

    @Test
    void theWorstHeadTakesNoMoreThanDocumented() {
        read();
        long allocated = read();
        assertTrue(allocated < DOCUMENTED, allocated + " bytes");
    }

    private static final class Fields implements HttpParser.RequestHandler {

        private final List<HttpField> all = new ArrayList<>();

        @Override
        public void startRequest(String method, String uri, HttpVersion version) {}

        @Override
        public void parsedHeader(HttpField field) {
            all.add(field);
        }

        @Override
        public boolean headerComplete() {
            return true;
        }

        @Override
        public boolean content(ByteBuffer item) {
            throw new AssertionError();
        }

        @Override
        public boolean contentComplete() {
            return false;
        }

        @Override
        public boolean messageComplete() {
            return false;
        }

        @Override
        public void badMessage(HttpException failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void earlyEOF() {
            throw new AssertionError();
        }
    }
}
