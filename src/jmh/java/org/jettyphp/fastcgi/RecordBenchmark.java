package org.jettyphp.fastcgi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Taking an answer of four records apart. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RecordBenchmark implements ResponseSink {

    /** In each of its records; php-fpm's own are of 8 KiB and less. */
    @Param({"64", "8184"})
    public int bytes;


    private static final int RECORDS = 4;

    private ByteBuffer answer;
    private long seen;

    @Setup
    public void make() {
        answer = ByteBuffer.allocateDirect(RECORDS * (RequestHead.RECORD_HEAD + bytes) + RequestHead.RECORD_HEAD + 8);
        for (int i = 0; i < RECORDS; i++) {
            answer.put((byte) 1).put((byte) 6).putShort((short) RequestHead.REQUEST_ID).putShort((short) bytes).putShort((short) 0)
                    .position(answer.position() + bytes);
        }
        answer.put((byte) 1).put((byte) 3).putShort((short) RequestHead.REQUEST_ID).putShort((short) 8).putShort((short) 0).putLong(0);
        answer.flip();
    }

    @Benchmark
    public long read() throws IOException {
        RecordReader reader = new RecordReader();
        reader.read(answer.duplicate(), this);
        return seen;
    }

    @Override
    public void output(ByteBuffer content) {
        seen += content.remaining();
    }

    @Override
    public void error(ByteBuffer content) {
        throw new AssertionError("no STDERR was sent");
    }

    @Override
    public void pause() {
        // Everything is there.
    }
}
