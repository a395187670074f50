package org.jettyphp.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.compression.Compression;
import org.eclipse.jetty.compression.EncoderConfig;
import org.eclipse.jetty.compression.brotli.BrotliCompression;
import org.eclipse.jetty.compression.brotli.BrotliEncoderConfig;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.gzip.GzipEncoderConfig;
import org.eclipse.jetty.compression.zstandard.ZstandardCompression;
import org.eclipse.jetty.compression.zstandard.ZstandardEncoderConfig;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.StringUtil;
import org.jspecify.annotations.Nullable;

/** The content codings in which answers are sent, the best first. */
final class Codings {

    /** Jetty's are 11 and 22: a second for a large page, and megabytes for each answer. nginx's module has 6 and 19. */
    private static final int BROTLI_QUALITY = 4;
    private static final int BROTLI_WINDOW = 18;

    /** Jetty's is 3: three megabytes for each large answer. nginx's module has 1. */
    private static final int ZSTD_LEVEL = 1;

    private static final int GZIP_BUFFER = 8 * 1024;

    private final List<Compression> bestFirst;
    private final List<String> names;

    /** @throws IllegalArgumentException if one of them cannot be used here; the message says what to change */
    Codings(List<String> names, ByteBufferPool buffers) {
        this.names = names;
        bestFirst = names.stream().map(name -> usable(name, buffers)).toList();
    }

    /** Tried before anybody asks: the classes may be missing, or their native library, or the right to load it from the temporary directory. */
    private static Compression usable(String name, ByteBufferPool buffers) {
        try {
            Compression coding = supplier(name).get();
            coding.setDefaultEncoderConfig(config(name));
            coding.setByteBufferPool(buffers);
            coding.newEncoderOutputStream(OutputStream.nullOutputStream()).close();
            return coding;
        } catch (LinkageError | IOException | RuntimeException unusable) {
            throw new IllegalArgumentException("compression has '" + name + "', which cannot be used here: " + unusable + "; "
                    + (name.equals("gzip")
                            ? "jetty-compression-gzip belongs on the class path"
                            : "its native library has to be on the class path and is unpacked into " + System.getProperty("java.io.tmpdir")
                                    + " (-Djava.io.tmpdir); gzip needs none"));
        }
    }

    /** References, so that only the classes of those that are wanted have to be there. */
    private static Supplier<Compression> supplier(String name) {
        return switch (name) {
            case "br" -> BrotliCompression::new;
            case "zstd" -> ZstandardCompression::new;
            default -> GzipCompression::new;
        };
    }

    private static EncoderConfig config(String name) {
        switch (name) {
            case "br" -> {
                BrotliEncoderConfig brotli = new BrotliEncoderConfig();
                brotli.setCompressionLevel(BROTLI_QUALITY);
                brotli.setLgWindow(BROTLI_WINDOW);
                return brotli;
            }
            case "gzip" -> {
                GzipEncoderConfig gzip = new GzipEncoderConfig();
                gzip.setBufferSize(GZIP_BUFFER);
                gzip.setSyncFlush(true);
                return gzip;
            }
            default -> {
                ZstandardEncoderConfig zstd = new ZstandardEncoderConfig();
                zstd.setCompressionLevel(ZSTD_LEVEL);
                return zstd;
            }
        }
    }

    List<Compression> all() {
        return bestFirst;
    }

    /** The one that the client likes best, or of several the best of ours; null if it takes none, or rather has none. */
    @Nullable
    Compression taken(HttpFields request) {
        if (!request.contains(HttpHeader.ACCEPT_ENCODING)) {
            // Programs mostly; a list to be sorted took 2.7 % of the time of a small page.
            return null;
        }
        QuotedQualityCSV accepted = new QuotedQualityCSV(names);
        request.getFields(HttpHeader.ACCEPT_ENCODING).forEach(field -> accepted.addValue(StringUtil.asciiToLowerCase(field.getValue())));
        for (String value : accepted.getValues()) {
            if (value.equals("identity")) {
                return null;
            }
            int index = value.equals("*") ? firstUnnamed(accepted) : names.indexOf(value);
            if (index >= 0) {
                return bestFirst.get(index);
            }
        }
        return null;
    }

    /** What a * stands for: not for what the client has named, and perhaps refused. */
    private int firstUnnamed(QuotedQualityCSV accepted) {
        List<String> named = accepted.getQualityValues().stream().map(QuotedQualityCSV.QualityValue::getValue).toList();
        for (int i = 0; i < names.size(); i++) {
            if (!named.contains(names.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The entity tags as the application gave them, without what we have added. */
    String withoutSuffixes(String tags) {
        String stripped = tags;
        for (Compression coding : bestFirst) {
            stripped = coding.stripSuffixes(stripped);
        }
        return stripped;
    }
}
