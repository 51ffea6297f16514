package io.switchboard.call;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.CallRecord.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the call records of one call say together: of each field the latest record that has it. A later record that lacks a
 * field, or has a word that nobody knows in it, takes nothing away.
 *
 * <p>A record with neither a known status nor a duration is of a call in progress; any other ends the call and confirms it.
 *
 * @param latestFirst the records, the latest received first
 */
record RecordSummary(List<CallEvent> latestFirst) {

    /** The latest received first, then the greater event id. */
    static final Comparator<CallEvent> LATEST_FIRST = Comparator.comparing(CallEvent::receivedAt)
            .thenComparing(CallEvent::id)
            .reversed();

    /** A value and the event whose record has it. */
    record Found<T>(T value, CallEvent event) {}

    boolean isEmpty() {
        return latestFirst.isEmpty();
    }

    boolean endsTheCall() {
        return outcome(Outcome.MISSED) != null || duration() != null;
    }

    @Nullable
    Found<Duration> duration() {
        return find(record -> {
            var duration = record.duration();
            return duration == null || duration.isNegative() ? null : duration;
        });
    }

    @Nullable
    Found<String> businessNumber() {
        return find(CallRecord::businessNumber);
    }

    @Nullable
    Found<String> recordingUri() {
        return find(CallRecord::recordingUri);
    }

    /** Who called: the latest that has a number or an extension, else the latest name. */
    @Nullable
    Found<Party> caller() {
        Found<Party> found = find(record -> {
            var caller = record.caller();
            return caller == null || (caller.phone() == null && caller.extension() == null) ? null : caller;
        });
        return found != null ? found : find(CallRecord::caller);
    }

    @Nullable
    Found<List<Party>> called() {
        return find(record -> record.called().isEmpty() ? null : record.called());
    }

    /** The start, unless it lies absurdly far from the record's arrival. */
    @Nullable
    Found<Instant> start() {
        for (var event : latestFirst) {
            var start = event.record() == null ? null : event.record().startedAt();
            var isDisbelieved = event.timeSource() == CallEvent.TimeSource.ARRIVAL && event.providerTime() != null;
            if (start != null && !isDisbelieved) {
                return new Found<>(start, event);
            }
        }
        return null;
    }

    /** A closed table of the provider's words; null for words that are not in it. */
    @Nullable
    Found<Direction> direction() {
        return find(record -> {
            var word = record.direction();
            return word == null
                    ? null
                    : switch (word.toLowerCase(Locale.ROOT)) {
                        case "incoming", "inbound" -> Direction.INBOUND;
                        case "outgoing", "outbound" -> Direction.OUTBOUND;
                        case "callback" -> Direction.CALLBACK;
                        case "internal" -> Direction.INTERNAL;
                        default -> null;
                    };
        });
    }

    /**
     * The status as an outcome; null when absent or not in the table, so that the events decide.
     *
     * @param unanswered what a call is that nobody answered: missed or, seen from the caller, unanswered
     */
    @Nullable
    Found<Outcome> outcome(Outcome unanswered) {
        return find(record -> {
            var word = record.status();
            return word == null
                    ? null
                    : switch (word.toLowerCase(Locale.ROOT)) {
                        case "connected" -> Outcome.ANSWERED;
                        case "voicemail" -> Outcome.VOICEMAIL;
                        case "dropped" -> Outcome.DROPPED;
                        case "missed", "canceled", "noanswer" -> unanswered;
                        default -> null;
                    };
        });
    }

    /** Every party that any record names, the caller of a record before those it called. */
    Stream<Found<Party>> parties() {
        return latestFirst.stream().flatMap(event -> {
            var record = event.record();
            return record == null
                    ? Stream.<Found<Party>>empty()
                    : Stream.concat(Stream.ofNullable(record.caller()), record.called().stream())
                            .map(party -> new Found<>(party, event));
        });
    }

    /** The name that goes with an extension. */
    @Nullable
    Found<String> nameOf(String extension) {
        return parties()
                .filter(party -> extension.equals(party.value().extension())
                        && party.value().name() != null)
                .findFirst()
                .map(party -> new Found<>(String.valueOf(party.value().name()), party.event()))
                .orElse(null);
    }

    Set<String> extensions() {
        var extensions = new HashSet<String>();
        parties().map(party -> party.value().extension()).forEach(extension -> {
            if (extension != null) {
                extensions.add(extension);
            }
        });
        return extensions;
    }

    /** Who called, where that was somebody of the account. */
    @Nullable
    Found<String> callingExtension() {
        var caller = caller();
        var extension = caller == null ? null : caller.value().extension();
        return caller == null || extension == null ? null : new Found<>(extension, caller.event());
    }

    /** The first called party with an extension that took part. */
    @Nullable
    Found<String> answeringExtension() {
        var called = called();
        return called == null
                ? null
                : connectedExtensions().stream()
                        .findFirst()
                        .map(extension -> new Found<>(extension, called.event()))
                        .orElse(null);
    }

    /** The extensions among those called that took part, in the record's order. */
    Set<String> connectedExtensions() {
        return calledExtensions(Boolean.TRUE);
    }

    /** The extensions among those called that the record says took no part. */
    Set<String> unconnectedExtensions() {
        var extensions = calledExtensions(Boolean.FALSE);
        extensions.removeAll(connectedExtensions());
        return extensions;
    }

    private Set<String> calledExtensions(Boolean connected) {
        var called = called();
        var extensions = new LinkedHashSet<String>();
        if (called != null) {
            for (var party : called.value()) {
                if (party.extension() != null && connected.equals(party.connected())) {
                    extensions.add(party.extension());
                }
            }
        }
        return extensions;
    }

    boolean namesAConnectedParty() {
        var called = called();
        return called != null && called.value().stream().anyMatch(party -> Boolean.TRUE.equals(party.connected()));
    }

    private <T> @Nullable Found<T> find(Function<CallRecord, @Nullable T> field) {
        for (var event : latestFirst) {
            var value = event.record() == null ? null : field.apply(event.record());
            if (value != null) {
                return new Found<>(value, event);
            }
        }
        return null;
    }
}
