package io.switchboard.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where one resource of an account stands.
 *
 * @param resource word of {@link io.switchboard.event.Resource}
 * @param completeThrough everything the provider had listed up to then has been read; null before the first success
 * @param lastError a word for programs; null after a success
 * @param nextAt when it is due again
 * @param read records read since the state began
 * @param published of these, those that were new or had changed
 */
public record ResourceReport(
        String account,
        String resource,
        @Nullable Instant completeThrough,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastAttemptAt,
        @Nullable String lastError,
        @Nullable Instant nextAt,
        long read,
        long published) {}
