import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One client that downloads or uploads 1 GiB at full speed: seconds and MB/s. */
final class Gigabyte {

    private static final long SIZE = 1L << 30;
    private static final String BOUNDARY = "----------bench";

    private Gigabyte() {}

    public static void main(String[] args) throws IOException {
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
        StringBuilder text = new StringBuilder();
        Answer answer = new Answer(args[1].equals("download") ? (bytes, from, to) -> {} : Answer.text(text));
        long began = System.nanoTime();
        try (SocketChannel channel = SocketChannel.open(server)) {
            // The answer is read behind the request: a server that answers early closes, and that is a failure here.
            request(channel, args[1]);
            ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
            byte[] bytes = new byte[buffer.capacity()];
            while (!answer.complete) {
                int size = channel.read(buffer.clear());
                if (size < 0) {
                    answer.closed();
                    break;
                }
                buffer.flip().get(bytes, 0, size);
                answer.take(bytes, size);
            }
        } catch (IOException lost) {
            System.err.println(lost);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        boolean whole = answer.complete && answer.status == 200
                && (args[1].equals("download") ? answer.length == SIZE : text.toString().equals(SIZE + "\n"));
        System.out.println(whole ? String.format("%.2f\t%.0f", seconds, SIZE / seconds / 1e6) : "failed\tstatus " + answer.status);
    }

    private static void request(SocketChannel channel, String what) throws IOException {
        if (what.equals("download")) {
            write(channel, "GET /download.php HTTP/1.1\r\nHost: bench\r\n\r\n");
            return;
        }
        boolean form = what.equals("multipart");
        String before = form
                ? "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"g\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                : "";
        String after = form ? "\r\n--" + BOUNDARY + "--\r\n" : "";
        write(channel, "POST /count.php HTTP/1.1\r\nHost: bench\r\nContent-Type: "
                + (form ? "multipart/form-data; boundary=" + BOUNDARY : "application/octet-stream")
                + "\r\nContent-Length: " + (before.length() + SIZE + after.length()) + "\r\n\r\n" + before);
        ByteBuffer piece = ByteBuffer.allocateDirect(256 * 1024);
        for (long left = SIZE; left > 0; left -= channel.write(piece)) {
            piece.clear().limit((int) Math.min(left, piece.capacity()));
        }
        write(channel, after);
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        for (ByteBuffer bytes = ByteBuffer.wrap(text.getBytes()); bytes.hasRemaining();) {
            channel.write(bytes);
        }
    }
}
