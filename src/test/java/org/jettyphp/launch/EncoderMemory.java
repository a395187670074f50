package org.jettyphp.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.jetty.compression.Compression;
import org.eclipse.jetty.io.ArrayByteBufferPool;

/** Says how many KiB each of many encoders takes that are amidst an answer, in a process whose heap is all resident from the start. */
final class EncoderMemory {

    private static final int PIECE = 32 * 1024;
    private static final int PAGE_BYTES = 4096;

    private EncoderMemory() {}

    /** With the coding, how many encoders, and how many KiB go through each. */
    public static void main(String[] arguments) throws IOException {
        Compression coding = new Codings(List.of(arguments[0]), new ArrayByteBufferPool()).all().get(0);
        int number = Integer.parseInt(arguments[1]);
        byte[] page = page(Integer.parseInt(arguments[2]) * 1024);
        List<OutputStream> encoders = new ArrayList<>();
        long before = resident();
        for (int i = 0; i < number; i++) {
            OutputStream encoder = coding.newEncoderOutputStream(OutputStream.nullOutputStream());
            encoders.add(encoder);
            for (int at = 0; at < page.length; at += PIECE) {
                encoder.write(page, at, Math.min(PIECE, page.length - at));
                encoder.flush();
            }
        }
        System.out.println((resident() - before) / number / 1024);
        for (OutputStream encoder : encoders) {
            encoder.close();
        }
    }

    private static long resident() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * PAGE_BYTES;
    }

    private static byte[] page(int size) {
        Random random = new Random(1);
        StringBuilder html = new StringBuilder();
        while (html.length() < size) {
            html.append("<tr class=\"row\"><td>").append(Integer.toString(random.nextInt(1_000_000), 36))
                    .append("</td><td><a href=\"/article/").append(random.nextInt(5000)).append("\">the words of a page</a></td></tr>\n");
        }
        return html.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }
}
