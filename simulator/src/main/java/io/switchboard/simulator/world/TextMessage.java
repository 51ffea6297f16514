package io.switchboard.simulator.world;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text message (SMS) to or from the company.
 *
 * @param client the other side's number
 * @param business our number
 * @param extension who sent it; null on messages that came in
 * @param attachment the name of the picture that came with it; null when none did
 */
public record TextMessage(
        UUID guid,
        Instant startedAt,
        Way way,
        String client,
        String business,
        @Nullable String extension,
        String text,
        @Nullable String attachment,
        Marks marks)
        implements Interaction {

    /** Seen from the company. */
    public enum Way {
        INBOUND,
        OUTBOUND
    }

    @Override
    public String journalId() {
        return Interaction.journalId(startedAt, guid);
    }
}
