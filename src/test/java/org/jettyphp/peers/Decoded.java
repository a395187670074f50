package org.jettyphp.peers;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.Decoder;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** A body without its content coding. */
public final class Decoded {

    private Decoded() {}

    /** What a client reads from a compressed body, as soon as it can. */
    public static InputStream stream(String coding, InputStream body) throws IOException {
        return switch (coding) {
            case "gzip" -> new GZIPInputStream(body);
            case "br" -> new BrotliStream(body);
            default -> new ZstdInputStream(body);
        };
    }

    /** Both as ISO-8859-1; the body itself if the coding is null. */
    public static String text(String coding, String body) throws IOException {
        if (coding == null) {
            return body;
        }
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        if (coding.equals("br")) {
            // In pieces brotli4j 1.23.0 misses the end of a megabyte, which Node finds.
            Brotli4jLoader.ensureAvailability();
            return new String(Decoder.decompress(bytes).getDecompressedData(), StandardCharsets.ISO_8859_1);
        }
        try (InputStream in = stream(coding, new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
