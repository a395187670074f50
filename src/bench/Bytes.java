import java.util.zip.CRC32;

/** Bytes that page.php can make too. */
final class Bytes {

    private static final int BLOCK = 65521;

    private Bytes() {}

    static byte[] of(int length) {
        byte[] bytes = new byte[length];
        long x = 1;
        for (int i = 0; i < Math.min(length, BLOCK); i++) {
            x = x * 1103515245 + 12345 & 0x7fffffff;
            bytes[i] = (byte) (x >> 16);
        }
        for (int at = BLOCK; at < length; at += BLOCK) {
            System.arraycopy(bytes, 0, bytes, at, Math.min(BLOCK, length - at));
        }
        return bytes;
    }

    /** As upload.php prints it. */
    static String checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return String.format("%08x", crc.getValue());
    }
}
