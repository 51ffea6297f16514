package io.switchboard.simulator.rows;

import io.switchboard.simulator.rows.RowSettings.Casing;
import io.switchboard.simulator.rows.RowSettings.Offset;
import io.switchboard.simulator.rows.RowSettings.VoicemailUnit;
import io.switchboard.simulator.world.Marks.Flag;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.Staff;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of {@code /voicemails}: messages that callers left. */
public final class VoicemailRows {
    private static final long OTHER_THAN_THE_CALL = 0x0A12_3B45_0000_0000L;

    private final Reading reading;

    public VoicemailRows(Reading reading) {
        this.reading = reading;
    }

    /** Whether a call left a message that is listed by now. */
    public boolean lists(SimulatedCall call) {
        return call.facts().leftAt() != null && reading.over(call) && reading.lists(call);
    }

    /** A voicemail's own id, and of such an id the call's: each is made from the other. */
    public static UUID id(UUID call) {
        return new UUID(call.getMostSignificantBits() ^ OTHER_THAN_THE_CALL, call.getLeastSignificantBits());
    }

    public JsonObject row(SimulatedCall call) {
        var record = new Row(reading.form())
                .put("fileName", "voicemail/" + call.guid() + ".wav")
                .put("uri", reading.links().voicemail(call.guid(), reading.now()));
        return new Row(reading.form())
                .put("id", id(call.guid()).toString())
                .put("from", call.facts().client())
                .put("to", call.facts().business())
                .put("assignedTo", assignee(call))
                .time("dateTimeUtc", leftAt(call), Offset.NUMERIC)
                .put("duration", Long.toString(duration(call)))
                .word("voicemailStatus", call.marks().has(Flag.IS_READ) ? "Read" : "UnRead", Casing.PASCAL)
                .put("voicemailRecord", record.json())
                .put("storageId", null)
                .json();
    }

    private long duration(SimulatedCall call) {
        var length = length(call);
        return reading.form().voicemailUnit() == VoicemailUnit.MS ? length.toMillis() : length.toSeconds();
    }

    /** How long the message is. */
    public static Duration length(SimulatedCall call) {
        return Duration.between(leftAt(call), call.endsAt());
    }

    private static Instant leftAt(SimulatedCall call) {
        return Objects.requireNonNull(call.facts().leftAt(), "only for calls that left a message");
    }

    private @Nullable String assignee(SimulatedCall call) {
        return call.facts().parts().stream()
                .findFirst()
                .flatMap(part -> reading.staff().find(part.extension()))
                .map(Staff.Person::fullName)
                .orElse(null);
    }
}
