package io.switchboard.projector.report;

import java.io.ByteArrayOutputStream;

/** Numbers of seven bits to the byte, the lowest first, the highest bit of a byte saying that more follow. */
final class Varints {
    private final byte[] bytes;
    private int next;

    Varints(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    boolean hasMore() {
        return next < bytes.length;
    }

    long next() {
        var value = 0L;
        for (var shift = 0; shift < Long.SIZE; shift += 7) {
            if (!hasMore()) {
                throw new IllegalArgumentException("the bytes end within a number");
            }
            var part = bytes[next++];
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }

    static void write(ByteArrayOutputStream into, long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            into.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        into.write((int) rest);
    }
}
