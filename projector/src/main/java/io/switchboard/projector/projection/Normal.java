package io.switchboard.projector.projection;

import io.switchboard.call.CallEvent;
import io.switchboard.call.CallRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events as the tables give them back, so that folding an event before it was stored and after it was loaded is the same:
 * plain text, a receipt in microseconds, and no provider's time beyond the calendar (which nobody believes anyway).
 */
final class Normal {
    private Normal() {}

    static CallEvent event(CallEvent event) {
        var providerTime = event.providerTime();
        return new CallEvent(
                event.id(),
                PlainText.of(event.account()),
                PlainText.of(event.callId()),
                event.source(),
                PlainText.of(event.type()),
                providerTime != null && Calendar.holds(providerTime) ? providerTime : null,
                Calendar.micros(event.receivedAt()),
                PlainText.ofNullable(event.extension()),
                PlainText.ofNullable(event.from()),
                PlainText.ofNullable(event.to()),
                record(event.record()));
    }

    private static @Nullable CallRecord record(@Nullable CallRecord record) {
        if (record == null) {
            return null;
        }
        var startedAt = record.startedAt();
        return new CallRecord(
                PlainText.ofNullable(record.direction()),
                PlainText.ofNullable(record.status()),
                startedAt != null && Calendar.holds(startedAt) ? startedAt : null,
                record.duration(),
                party(record.caller()),
                record.called().stream().map(Normal::knownParty).toList(),
                PlainText.ofNullable(record.businessNumber()),
                PlainText.ofNullable(record.recordingUri()));
    }

    private static CallRecord.@Nullable Party party(CallRecord.@Nullable Party party) {
        return party == null ? null : knownParty(party);
    }

    private static CallRecord.Party knownParty(CallRecord.Party party) {
        return new CallRecord.Party(
                PlainText.ofNullable(party.name()),
                PlainText.ofNullable(party.extension()),
                PlainText.ofNullable(party.phone()),
                party.connected());
    }
}
