import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;

/** Uploads of unknown length: what PHP received of each. */
final class Chunked {

    private static final int[] SIZES = {0, 1, 4095, 65_536, (10 << 20) + 1};
    private static final int LIMIT_MILLIS = 10_000;

    private Chunked() {}

    public static void main(String[] args) {
        StringBuilder cells = new StringBuilder();
        for (int size : SIZES) {
            cells.append(cells.length() == 0 ? "" : "\t").append(upload(Integer.parseInt(args[0]), Bytes.of(size)));
        }
        System.out.println(cells);
    }

    private static String upload(int port, byte[] body) {
        StringBuilder text = new StringBuilder();
        Answer answer = new Answer(Answer.text(text));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(LIMIT_MILLIS);
            try {
                send(socket.getOutputStream(), body);
            } catch (IOException refused) {
                // It may have answered all the same.
            }
            byte[] buffer = new byte[8192];
            for (int size = 0; size >= 0 && !answer.complete;) {
                size = socket.getInputStream().read(buffer);
                answer.take(buffer, Math.max(0, size));
            }
            answer.closed();
        } catch (IOException lost) {
            return answer.status > 0 ? "status " + answer.status + ", cut short" : "no answer (" + lost.getMessage() + ")";
        }
        return answer.status == 200 ? received(text.toString().strip(), body) : answer.status == 0 ? "connection closed" : "status " + answer.status;
    }

    /** "whole" with the CONTENT_LENGTH that PHP saw, or what was lost. */
    private static String received(String text, byte[] body) {
        String[] words = text.split(" ");
        if (words.length != 3) {
            return "200, but another answer";
        }
        boolean whole = words[0].equals(String.valueOf(body.length)) && words[1].equals(Bytes.checksum(body));
        return (whole ? "whole" : "200, but " + words[0] + " bytes") + ", CONTENT_LENGTH " + words[2];
    }

    /** In chunks of 1 to 16,384 bytes. */
    private static void send(OutputStream out, byte[] body) throws IOException {
        out.write("POST /upload.php HTTP/1.1\r\nHost: bench\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes());
        int next = 1;
        for (int at = 0; at < body.length; next = next * 2 % 32_767) {
            int end = Math.min(body.length, at + next);
            out.write((Integer.toHexString(end - at) + "\r\n").getBytes());
            out.write(Arrays.copyOfRange(body, at, end));
            out.write("\r\n".getBytes());
            at = end;
        }
        out.write("0\r\n\r\n".getBytes());
    }
}
