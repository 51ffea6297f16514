package io.switchboard.simulator.rows;

import io.switchboard.simulator.media.MediaLinks;
import io.switchboard.simulator.world.Interaction;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.Staff;
import io.switchboard.simulator.world.TextMessage;
import java.time.Instant;
import java.util.Optional;

/** What rows depend on beside what happened: when they are read, and under which switches. */
public record Reading(Instant now, RowSettings form, ListingSettings listing, MediaLinks links, Staff staff) {

    /** Whether {@code /calls} and {@code /voicemails} list a call by now. */
    public boolean lists(SimulatedCall call) {
        return listing.inProgress().on()
                ? !call.startedAt().isAfter(now)
                : call.ends() && !call.endsAt().plus(listing.recordDelay()).isAfter(now);
    }

    /** Whether the journal lists it by now. */
    public boolean lists(Interaction interaction) {
        return switch (interaction) {
            case SimulatedCall call -> lists(call);
            case TextMessage text -> !text.startedAt().isAfter(now);
        };
    }

    /** Whether a call is over. */
    boolean over(SimulatedCall call) {
        return call.ends() && !call.endsAt().isAfter(now);
    }

    /** The link to a call's recording; empty for a call without one, and as long as it is not ready. */
    Optional<String> recording(SimulatedCall call) {
        var readyAt = call.endsAt().plus(listing.recordDelay()).plus(listing.recordingDelay());
        if (call.facts().answeredAt() == null || !call.ends() || readyAt.isAfter(now)) {
            return Optional.empty();
        }
        var agent = call.facts()
                .firstConnected()
                .flatMap(part -> staff.find(part.extension()))
                .map(Staff.Person::fullName)
                .orElse("Agent");
        return Optional.of(links.call(call.guid(), call.startedAt(), agent, now));
    }
}
