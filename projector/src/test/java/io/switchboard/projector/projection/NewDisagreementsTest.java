package io.switchboard.projector.projection;

import static io.switchboard.call.CallScript.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.call.CallEvent;
import io.switchboard.call.CallFold;
import io.switchboard.call.CallRecord;
import io.switchboard.call.CallScript;
import io.switchboard.call.Disagreement.Field;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.runtime.SettingsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NewDisagreementsTest {
    private static final List<CallEvent> WEBHOOKS = CallScript.inbound("a")
            .event(0, "IncomingCall")
            .event(9, "IncomingCallConnected", "101")
            .event(70, "IncomingCallCompleted")
            .events();
    private static final CallEvent RECORD = record(80, "Missed", 70);
    private static final CallEvent LONGER = record(900, "Missed", 90);

    @Test
    void aDisagreementIsNewWhicheverDoorComesLast() {
        assertThat(brought(List.of(RECORD), WEBHOOKS)).containsExactly(Field.OUTCOME);
        assertThat(brought(WEBHOOKS, List.of(RECORD))).containsExactly(Field.OUTCOME);
        assertThat(brought(List.of(), List.of(WEBHOOKS.get(1), RECORD))).containsExactly(Field.OUTCOME);
    }

    @Test
    void aDuplicateBringsNone() {
        var known = plus(WEBHOOKS, List.of(RECORD));

        assertThat(brought(known, List.of())).isEmpty();
    }

    @Test
    void anotherRecordBringsOnlyWhatWasNotDisputedBefore() {
        var known = plus(WEBHOOKS, List.of(RECORD));

        assertThat(brought(known, List.of(LONGER))).containsExactly(Field.ENDED_AT, Field.DURATION_SECONDS);
    }

    @Test
    void everyFieldIsCountedUnderItsName() {
        var registry = new SimpleMeterRegistry();
        var metrics = new ProjectionMetrics(registry, KafkaSettings.of(SettingsReader.of(Map.of())));

        for (var field : Field.values()) {
            metrics.disagreement(field);
        }

        for (var field : Field.values()) {
            assertThat(registry.get("switchboard.merge.disagreements")
                            .tag("field", field.word())
                            .counter()
                            .count())
                    .isOne();
        }
    }

    private static List<Field> brought(Collection<CallEvent> known, Collection<CallEvent> fresh) {
        var all = plus(known, fresh);
        return NewDisagreements.of(
                CallFold.fold(all).orElseThrow(),
                all,
                fresh.stream().map(CallEvent::id).collect(Collectors.toSet()));
    }

    private static List<CallEvent> plus(Collection<CallEvent> events, Collection<CallEvent> more) {
        var all = new ArrayList<>(events);
        all.addAll(more);
        return all;
    }

    private static CallEvent record(double arrival, String status, int seconds) {
        var record =
                new CallRecord("Incoming", status, at(0), Duration.ofSeconds(seconds), null, List.of(), null, null);
        return CallScript.inbound("a").record(arrival, record).events().getFirst();
    }
}
