package org.jettyphp.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A FastCGI server that does what a script tells it, misbehaviour included. It decodes requests by itself, on purpose without any code of the
 * program: an independent reading of the specification.
 */
public final class FakeFpm implements AutoCloseable {

    /** What it does with a request. */
    public interface Script {
        void answer(Request request, Wire wire) throws Exception;
    }

    /** Lets records of a type (1 BEGIN_REQUEST, 9 GET_VALUES) wait when their heads have been read. */
    public interface Gate {
        void pass(int type) throws Exception;
    }

    /** A request as it came. */
    public record Request(Map<String, String> params, byte[] body, boolean keep, int paramsRecords) {}

    private static final int BEGIN_REQUEST = 1;

    private final BareFpm peer;
    private final Script script;
    private final Gate gate;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public FakeFpm(Script script) throws IOException {
        this(script, type -> {});
    }

    public FakeFpm(Script script, Gate gate) throws IOException {
        this.script = script;
        this.gate = gate;
        peer = BareFpm.closedOnUnixSocket("fake.sock", BareFpm.BACKLOG, (line, number) -> serve(line)).open();
    }

    private void serve(BareFpm.Line line) throws Exception {
        Request request;
        do {
            request = read(line);
            requests.add(request);
            script.answer(request, line.wire());
        } while (request.keep());
    }

    private Request read(BareFpm.Line line) throws Exception {
        Map<String, String> params = new LinkedHashMap<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean keep = false;
        int paramsRecords = 0;
        while (true) {
            byte[] head = line.recordHead();
            gate.pass(head[1]);
            byte[] content = line.recordContent(head);
            switch (head[1]) {
                case BEGIN_REQUEST -> keep = (content[2] & 1) != 0;
                case BareFpm.PARAMS -> {
                    paramsRecords += content.length > 0 ? 1 : 0;
                    decode(ByteBuffer.wrap(content), params);
                }
                case BareFpm.STDIN -> {
                    if (content.length == 0) {
                        return new Request(params, body.toByteArray(), keep, paramsRecords);
                    }
                    body.write(content);
                }
                case BareFpm.GET_VALUES -> line.answerValues();
                default -> throw new IOException("a record of type " + head[1]);
            }
        }
    }

    private static void decode(ByteBuffer content, Map<String, String> params) {
        while (content.hasRemaining()) {
            byte[] name = new byte[length(content)];
            byte[] value = new byte[length(content)];
            content.get(name).get(value);
            params.put(new String(name, StandardCharsets.UTF_8), new String(value, StandardCharsets.UTF_8));
        }
    }

    private static int length(ByteBuffer content) {
        int first = content.get() & 0xFF;
        return first < 128 ? first
                : (first & 0x7F) << 24 | (content.get() & 0xFF) << 16 | (content.get() & 0xFF) << 8 | content.get() & 0xFF;
    }

    public String target() {
        return peer.target();
    }

    public List<Request> requests() {
        return requests;
    }

    public int connections() {
        return peer.connections();
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
