package io.switchboard.projector.api.query;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins: after the row with this sort key. It holds the whole key, microseconds and ids, so that rows that
 * share a timestamp are neither skipped nor repeated; and what the list was about, so that it cannot be carried over to
 * another filter. Opaque to clients, and no secret: a made-up one can only ask for what the same request without it may
 * see.
 *
 * <pre>
 * base64url of: version 1 byte | list 8 bytes | position 8 bytes | ties: count 1 byte, each length 2 bytes + UTF-8 | CRC-32C 4 bytes
 * </pre>
 *
 * @param list fingerprint of the list the page belongs to
 * @param position first part of the sort key: microseconds since 1970, or a number
 * @param ties the rest of the sort key
 */
public record Cursor(long list, long position, List<String> ties) {
    private static final byte VERSION = 1;
    private static final int FIXED = 1 + Long.BYTES + Long.BYTES + 1;
    private static final int MOST_TIES = 4;
    private static final long LARGEST_POSITION = 253_402_300_800_000_000L; // microseconds to the year 10000

    /** A number that two lists share only when they are about the same. */
    public static long fingerprint(@Nullable Object... about) {
        var text = new StringBuilder();
        for (var part : about) {
            text.append(part).append('\0');
        }
        return ByteBuffer.wrap(sha256(text.toString().getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    public String encode() {
        var texts =
                ties.stream().map(tie -> tie.getBytes(StandardCharsets.UTF_8)).toList();
        var size = FIXED
                + texts.stream().mapToInt(text -> Short.BYTES + text.length).sum();
        var buffer = ByteBuffer.allocate(size + Integer.BYTES)
                .put(VERSION)
                .putLong(list)
                .putLong(position)
                .put((byte) texts.size());
        texts.forEach(text -> buffer.putShort((short) text.length).put(text));
        buffer.putInt(checksum(buffer.array(), size));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /** Empty for anything that {@link #encode} did not make. */
    public static Optional<Cursor> decode(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            var size = bytes.length - Integer.BYTES;
            if (size < FIXED || ByteBuffer.wrap(bytes).getInt(size) != checksum(bytes, size) || bytes[0] != VERSION) {
                return Optional.empty();
            }
            var buffer = ByteBuffer.wrap(bytes, 1, size - 1);
            return Optional.of(new Cursor(buffer.getLong(), buffer.getLong(), ties(buffer)))
                    .filter(cursor -> !buffer.hasRemaining() && cursor.canBeAKey());
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    // A checksum can be forged: what no table can hold must not reach a statement.
    private boolean canBeAKey() {
        return Math.abs(position) <= LARGEST_POSITION
                && ties.stream().flatMapToInt(String::chars).noneMatch(QueryParameters::meansNothing);
    }

    private static List<String> ties(ByteBuffer buffer) {
        var count = buffer.get();
        if (count < 0 || count > MOST_TIES) {
            throw new IllegalArgumentException("too many ties");
        }
        var ties = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            var text = new byte[Short.toUnsignedInt(buffer.getShort())];
            buffer.get(text);
            ties.add(new String(text, StandardCharsets.UTF_8));
        }
        return List.copyOf(ties);
    }

    private static int checksum(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
