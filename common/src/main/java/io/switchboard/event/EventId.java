package io.switchboard.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a fact: the first 128 bits of SHA-256 over its meaning, so that the same delivery twice has one id and
 * two facts that share the provider's all-zero {@code Guid} have two.
 *
 * <p>Each part is hashed with its length in front (an absent part as length −1), so that no two lists of parts have the
 * same bytes.
 */
public record EventId(long high, long low) implements Comparable<EventId> {
    private static final HexFormat HEX = HexFormat.of();
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(EventId::newDigest);

    /** The id of a webhook event whose parts could be read; parts that were absent are null. */
    public static EventId ofWebhook(
            String account,
            @Nullable String eventType,
            String callId,
            @Nullable String extension,
            @Nullable String timestamp,
            @Nullable String guid) {
        return ofParts("webhook", account, eventType, callId, extension, timestamp, guid);
    }

    /** The id of a provider's record: it changes when the record's canonical JSON changes. */
    public static EventId ofRecord(String account, String resource, String id, String canonicalJson) {
        return ofParts("record", account, resource, id, canonicalJson);
    }

    /** The id of a delivery that could not be decoded: its account and its (redacted) bytes. */
    public static EventId ofBytes(String account, byte[] bytes) {
        var digest = SHA_256.get();
        update(digest, "bytes");
        update(digest, account);
        digest.update(bytes);
        return ofDigest(digest.digest());
    }

    public static EventId of(UUID uuid) {
        return new EventId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** Reads 32 hexadecimal digits, with or without the dashes of a UUID; empty when it is neither. */
    public static Optional<EventId> parse(String text) {
        var digits = text.replace("-", "");
        if (digits.length() != 32 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(new EventId(
                HexFormat.fromHexDigitsToLong(digits, 0, 16), HexFormat.fromHexDigitsToLong(digits, 16, 32)));
    }

    public UUID toUuid() {
        return new UUID(high, low);
    }

    @Override
    public int compareTo(EventId other) {
        var byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    private static EventId ofParts(@Nullable String... parts) {
        var digest = SHA_256.get();
        for (var part : parts) {
            update(digest, part);
        }
        return ofDigest(digest.digest());
    }

    private static void update(MessageDigest digest, @Nullable String part) {
        if (part == null) {
            updateLength(digest, -1);
            return;
        }
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        updateLength(digest, bytes.length);
        digest.update(bytes);
    }

    private static void updateLength(MessageDigest digest, int length) {
        digest.update((byte) (length >> 24));
        digest.update((byte) (length >> 16));
        digest.update((byte) (length >> 8));
        digest.update((byte) length);
    }

    private static EventId ofDigest(byte[] digest) {
        var buffer = ByteBuffer.wrap(digest);
        return new EventId(buffer.getLong(), buffer.getLong());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
