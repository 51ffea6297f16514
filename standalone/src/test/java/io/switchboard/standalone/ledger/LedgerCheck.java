package io.switchboard.standalone.ledger;

import io.switchboard.call.Call;
import io.switchboard.call.CallEvent;
import io.switchboard.call.CallFold;
import io.switchboard.call.FoldedCall;
import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.mightycall.CallEventDecoder;
import io.switchboard.mightycall.Decoded;
import io.switchboard.mightycall.LoggedEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Joins the ledger, the topics and the tables after a fault and a quiet period.
 *
 * <ol>
 *   <li>no acknowledged event is lost: each is in the topic and in the tables;
 *   <li>no phantom: the topic holds nothing that was not sent;
 *   <li>each effect once, and the tables are the fold of the topic: every call's row and legs equal those folded in memory
 *       from the whole topic;
 *   <li>rows and positions agree: the tables stand exactly at the end of the topic;
 *   <li>accounted: sent = acknowledged + refused + unanswered, and each acknowledgement names its event.
 * </ol>
 */
public final class LedgerCheck {
    private LedgerCheck() {}

    /** Every violation in a line of its own; empty when all invariants hold. */
    public static List<String> violations(Ledger ledger, KafkaSettings kafka, Tables tables) throws SQLException {
        var violations = new ArrayList<String>();
        var topic = TopicReader.read(kafka, Topic.CALLS);
        var inTopic = topic.events().stream().map(Envelope::id).collect(Collectors.toSet());
        var inTables = tables.eventIds();
        missing(violations, "acknowledged but not in the topic", ledger.acknowledgedIds(), inTopic);
        missing(violations, "acknowledged but not in the tables", ledger.acknowledgedIds(), inTables);
        missing(violations, "in the topic but never sent", inTopic, ledger.sentIds());
        missing(violations, "in the topic but not in the tables", inTopic, inTables);
        missing(violations, "in the tables but not in the topic", inTables, inTopic);
        compare(violations, folded(topic.events()), tables.calls());
        if (!topic.endOffsets().equals(tables.positions(kafka.name(Topic.CALLS)))) {
            violations.add("positions " + tables.positions(kafka.name(Topic.CALLS)) + " differ from the topic's ends "
                    + topic.endOffsets());
        }
        if (tables.count("dead_letter") > 0) {
            violations.add(tables.count("dead_letter") + " dead letters");
        }
        account(violations, ledger);
        return violations;
    }

    private static void missing(List<String> violations, String what, Set<EventId> expected, Set<EventId> actual) {
        var missing = expected.stream().filter(id -> !actual.contains(id)).toList();
        if (!missing.isEmpty()) {
            violations.add(missing.size() + " events " + what + ", such as " + missing.getFirst());
        }
    }

    private static void compare(List<String> violations, Map<String, String> expected, Map<String, String> actual) {
        if (!expected.keySet().equals(actual.keySet())) {
            violations.add(actual.size() + " calls in the tables, " + expected.size() + " in the fold of the topic");
        }
        expected.forEach((id, line) -> {
            var row = actual.get(id);
            if (row != null && !row.equals(line)) {
                violations.add("call " + id + ": row  " + row + "\n  but fold " + line);
            }
        });
    }

    private static void account(List<String> violations, Ledger ledger) {
        var sum = ledger.acknowledged() + ledger.refused() + ledger.unanswered();
        if (sum != ledger.entries().size()) {
            violations.add("sent " + ledger.entries().size() + " but accounted for " + sum);
        }
        var misnamed = ledger.entries().stream()
                .filter(entry -> entry.isAcknowledged() && !entry.namesItsEvent())
                .count();
        if (misnamed > 0) {
            violations.add(misnamed + " acknowledgements name another event");
        }
    }

    private static Map<String, String> folded(List<Envelope> events) {
        var decoder = new CallEventDecoder();
        Map<String, List<CallEvent>> byCall = new HashMap<>();
        for (var event : events) {
            switch (decoder.decode(LoggedEvent.of(event))) {
                case Decoded.Understood decoded ->
                    byCall.computeIfAbsent(decoded.event().callId(), id -> new ArrayList<>())
                            .add(decoded.event());
                case Decoded.Undecodable undecodable -> throw new AssertionError(undecodable.detail());
            }
        }
        var lines = new HashMap<String, String>();
        byCall.forEach((id, ofCall) ->
                CallFold.fold(ofCall).map(FoldedCall::call).ifPresent(call -> lines.put(id, line(call))));
        return lines;
    }

    private static String line(Call call) {
        var client = call.client();
        var agent = call.agent();
        var legs = call.legs().stream()
                .map(leg -> String.join(
                        ",",
                        leg.extension(),
                        micros(leg.ringingAt()),
                        micros(leg.connectedAt()),
                        micros(leg.endedAt()),
                        Call.word(leg.result())))
                .collect(Collectors.joining(";"));
        var outcome = call.outcome();
        return String.join(
                "|",
                Call.word(call.direction()),
                Call.word(call.state()),
                outcome == null ? "-" : Call.word(outcome),
                client == null ? "-" : client.number(),
                Objects.requireNonNullElse(call.businessNumber(), "-"),
                agent == null ? "-" : agent.extension(),
                micros(call.startedAt()),
                micros(call.answeredAt()),
                micros(call.endedAt()),
                millis(call.waitTime()),
                millis(call.talkTime()),
                millis(call.duration()),
                call.confirmed() ? "t" : "f",
                micros(call.lastEventAt()),
                Integer.toString(call.version()),
                legs.isEmpty() ? "-" : legs);
    }

    private static String micros(@Nullable Instant time) {
        return time == null ? "-" : Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    private static String millis(@Nullable Duration duration) {
        return duration == null ? "-" : Long.toString(duration.toMillis());
    }
}
