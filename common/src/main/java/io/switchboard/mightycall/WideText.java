package io.switchboard.mightycall;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Recognises UTF-16 and UTF-32 by a byte order mark or by where the first four bytes are NUL (RFC 4627, section 3). */
final class WideText {
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private WideText() {}

    /** The encoding of wide text; null for everything else. */
    static @Nullable Charset charsetOf(byte[] bytes) {
        if (bytes.length < 2) {
            return null;
        }
        return switch ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) {
            case 0xfeff -> StandardCharsets.UTF_16BE;
            case 0xfffe -> startsWith(bytes, 0xff, 0xfe, 0, 0) ? UTF_32LE : StandardCharsets.UTF_16LE;
            default -> startsWith(bytes, 0, 0, 0xfe, 0xff) ? UTF_32BE : charsetOfNuls(bytes);
        };
    }

    /** The same text in UTF-8, without its byte order mark. */
    static byte[] toUtf8(byte[] bytes, Charset charset) {
        var text = new String(bytes, charset);
        var start = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        return text.substring(start).getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Charset charsetOfNuls(byte[] bytes) {
        if (bytes.length < 4) {
            return null;
        }
        var nuls = 0;
        for (var i = 0; i < 4; i++) {
            nuls = nuls << 1 | (bytes[i] == 0 ? 1 : 0);
        }
        return switch (nuls) {
            case 0b1010 -> StandardCharsets.UTF_16BE;
            case 0b0101 -> StandardCharsets.UTF_16LE;
            case 0b1110 -> UTF_32BE;
            case 0b0111 -> UTF_32LE;
            default -> null;
        };
    }

    private static boolean startsWith(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) {
            return false;
        }
        for (var i = 0; i < expected.length; i++) {
            if ((bytes[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
