package io.switchboard.projector.api;

import io.switchboard.projector.api.access.Masking;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Entity tags over the content of an answer: what is in {@code meta} does not count, who may see numbers does. */
final class EntityTag {
    private static final int BYTES = 16;

    private EntityTag() {}

    static String of(Masking masking, Buffer content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) masking.ordinal());
            digest.update(content.getBytes());
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether an {@code If-None-Match} names the tag (RFC 9110, 13.1.2: compared weakly). */
    static boolean matches(@Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(other -> other.equals("*") || other.equals(tag) || other.equals("W/" + tag));
    }
}
