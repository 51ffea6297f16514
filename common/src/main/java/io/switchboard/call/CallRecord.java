package io.switchboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The provider's own summary of a call, as {@code GET /calls} lists it some seconds after the end. Every part may be
 * missing.
 *
 * @param direction the provider's word, such as {@code Incoming}
 * @param status the provider's word, such as {@code Missed}
 * @param startedAt {@code dateTimeUtc}
 * @param duration the whole call, ring and wait included; milliseconds precision
 * @param caller who called: an agent on outgoing calls
 * @param called who was called
 * @param businessNumber the account's number
 * @param recordingUri where the recording can be fetched; null while there is none
 */
public record CallRecord(
        @Nullable String direction,
        @Nullable String status,
        @Nullable Instant startedAt,
        @Nullable Duration duration,
        @Nullable Party caller,
        List<Party> called,
        @Nullable String businessNumber,
        @Nullable String recordingUri) {

    /**
     * One side of a call.
     *
     * @param connected whether it took part; null where the provider does not say (the caller)
     */
    public record Party(
            @Nullable String name,
            @Nullable String extension,
            @Nullable String phone,
            @Nullable Boolean connected) {}
}
