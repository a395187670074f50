package org.jettyphp.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jettyphp.cgi.ResponseHead;

/**
 * PHP's output inside somebody else's response: as bytes, or, where a JSP has taken the writer already or a writer is all that collects, as
 * characters in PHP's charset.
 */
final class IncludedOutput {

    private static final String CHARSET = "charset=";

    private final HttpServletResponse response;
    private final ResponseHead head;
    private final ByteBuffer chunk = ByteBuffer.allocate(8192);

    IncludedOutput(HttpServletResponse response, ResponseHead head) {
        this.response = response;
        this.head = head;
    }

    void copy(BlockingClient from) throws IOException {
        if (wantsCharacters()) {
            copyCharacters(from, response.getWriter());
            return;
        }
        ServletOutputStream out = response.getOutputStream();
        for (int size = from.take(chunk); size >= 0; size = from.take(chunk)) {
            out.write(chunk.array(), 0, size);
        }
    }

    /**
     * Jetty gives what is included a stream even where the writer is taken. That stream takes each write for whole characters in the charset of
     * the response, whatever PHP's is; so whoever is behind it is asked, which it does itself first.
     */
    private boolean wantsCharacters() throws IOException {
        ServletResponse behind = response;
        while (behind instanceof ServletResponseWrapper wrapper && wrapper.getClass().getName().startsWith("org.eclipse.jetty.")) {
            behind = wrapper.getResponse();
        }
        if (HalfOverridden.hasWriterAlone(behind)) {
            return true;
        }
        try {
            behind.getOutputStream();
            return false;
        } catch (IllegalStateException writerTaken) {
            return true;
        }
    }

    private void copyCharacters(BlockingClient from, Writer out) throws IOException {
        CharsetDecoder decoder =
                charset().newDecoder().onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
        CharBuffer characters = CharBuffer.allocate(chunk.capacity() + 8);
        ByteBuffer pending = ByteBuffer.allocate(chunk.capacity() + 8);
        for (int size = from.take(chunk); size >= 0; size = from.take(chunk)) {
            pending.put(chunk.flip()).flip();
            decoder.decode(pending, characters, false);
            pending.compact();
            write(characters, out);
        }
        decoder.decode(pending.flip(), characters, true);
        decoder.flush(characters);
        write(characters, out);
    }

    private static void write(CharBuffer characters, Writer out) throws IOException {
        out.append(characters.flip());
        characters.clear();
    }

    private Charset charset() {
        String type = head.first("Content-Type");
        int at = type == null ? -1 : type.toLowerCase(java.util.Locale.ROOT).indexOf(CHARSET);
        if (type == null || at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = type.substring(at + CHARSET.length()).split(";", 2)[0].strip().replace("\"", "");
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
