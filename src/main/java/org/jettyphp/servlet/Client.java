package org.jettyphp.servlet;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jettyphp.cgi.ResponseHead;

/** Where PHP's answer goes; called on the exchange's thread. Either {@code whole}, or
 * {@code file}, or {@code intercepted}, or {@code begin} and so on, or {@code fail}. */
interface Client {

    /** Who is found to have left may abandon its request, so that PHP need not be asked at all; a moment's look at the connection where that is possible. */
    void lookWhetherItHasLeft();

    /** Whether a file can be sent to it in the place of PHP's body. */
    boolean takesFiles();

    /** The complete answer: PHP's head, and a file. */
    void file(ResponseHead head, Path file);

    /** Whether an error page takes the place of PHP's answer with this status. */
    boolean intercepts(int status);

    /** PHP has ended such an answer: its head. */
    void intercepted(ResponseHead head);

    /** The complete answer, small enough for the container's buffer. The array is the caller's, and used again afterwards. */
    void whole(ResponseHead head, byte[] body, int length);

    /** The head of an answer whose body follows. */
    void begin(ResponseHead head);

    /** Bytes of the body; taken whole. Waits only when {@code responseBuffer} and {@code responseSpool} are full of what the client has not read. */
    void body(ByteBuffer bytes) throws InterruptedIOException;

    /** What has come so far is for the client's eyes now. */
    void flush();

    /** The answer is complete. */
    void end();

    /** There is no answer, or no more of it: an error page if nothing has begun, else a message that looks aborted. */
    void fail(Failure failure);
}
