package io.switchboard.projector.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.projector.projection.Item.Refused;
import io.switchboard.projector.projection.Item.State;
import io.switchboard.projector.projection.StateEntry.Forgotten;
import io.switchboard.projector.projection.StateEntry.Private;
import io.switchboard.projector.projection.StateEntry.Progress;
import io.switchboard.projector.projection.StateEntry.Report;
import io.switchboard.sync.StateKey;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateDecoderTest {
    private static final String POLLER = """
            {"account":"default","state":"polling","since":"2026-03-09T17:00:00Z","reported_at":"2026-03-09T17:00:01Z"}""";
    private static final String JOB = """
            {"id":"j1","account":"default","kind":"sync","status":"running","requested_by":"operator-1",\
            "requested_at":"2026-03-09T17:00:00Z","resources":[],"read":{},"revision":%d}""";

    private final RecordDecoder decoder = new RecordDecoder(LogFixtures.CODEC);

    @Test
    void whatThePollerKeepsForItselfIsLeftOut() {
        var entry = entry("default/poller", POLLER.replace("}", ",\"token\":\"hidden\"}"));

        assertThat(entry).isInstanceOfSatisfying(Report.class, report -> {
            assertThat(report.json()).contains("\"state\":\"polling\"").doesNotContain("hidden");
            assertThat(report.reportedAt()).isEqualTo(LogFixtures.RECEIVED);
        });
    }

    @Test
    void anEntryNobodyKnowsIsThePollersOwn() {
        assertThat(entry("default/orders", "{}")).isInstanceOf(Private.class);
        assertThat(entry("default/something-new", "[1]")).isInstanceOf(Private.class);
    }

    @Test
    void aRecordWithoutValueForgets() {
        var envelope = envelope("default/calls", "");
        var record = LogFixtures.CODEC.encodeTombstone(envelope);

        var item = decoder.decode(LogFixtures.at(partition(), 0, record));

        assertThat(item)
                .isInstanceOfSatisfying(
                        State.class,
                        state -> assertThat(state.entry()).isEqualTo(new Forgotten(new StateKey("default", "calls"))));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nokey          | {}",
                "default/poller | {}",
                "default/poller | not JSON",
                "default/poller | []",
                "default/poller | {\"account\":\"west\",\"state\":\"idle\",\"since\":\"2026-03-09T17:00:00Z\",\"reported_at\":\"2026-03-09T17:00:00Z\"}",
                "default/poller | {\"account\":\"default\",\"state\":\"idle\",\"since\":\"+12026-03-09T17:00:00Z\",\"reported_at\":\"2026-03-09T17:00:00Z\"}",
                "default/budget | {\"account\":\"default\"}",
                "default/calls  | {\"account\":\"default\",\"resource\":\"journal\"}",
                "default/calls  | {\"account\":\"default\",\"resource\":\"calls\",\"complete_through\":\"+12026-01-01T00:00:00Z\"}",
                "default/job/j1 | {\"account\":\"default\",\"id\":\"j2\"}",
                "default/job/j1 | {\"account\":\"default\",\"id\":\"j1\",\"kind\":\"sync\",\"status\":\"eternal\"}"
            })
    void whatItsKeyDoesNotAnnounceIsRefused(String key, String value) {
        assertThat(decode(key, value)).isInstanceOf(Refused.class);
    }

    @Test
    void theLastWordUnderAKeyCountsAndOfAJobTheHighestRevision() {
        var changes = StateChanges.of(List.of(
                entry("default/job/j1", JOB.formatted(3)),
                entry("default/job/j1", JOB.formatted(2)),
                entry("default/poller", POLLER),
                entry("default/poller", POLLER.replace("polling", "idle")),
                new Forgotten(new StateKey("default", "job/j1"))));

        assertThat(changes.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.revision()).isEqualTo(3));
        assertThat(changes.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.json()).contains("idle"));
        assertThat(entry("default/job/j1", JOB.formatted(1))).isInstanceOf(Progress.class);
    }

    private StateEntry entry(String key, String value) {
        return ((State) decode(key, value)).entry();
    }

    private Item decode(String key, String value) {
        return decoder.decode(LogFixtures.at(partition(), 0, LogFixtures.CODEC.encode(envelope(key, value))));
    }

    private static TopicPartition partition() {
        return new TopicPartition(LogFixtures.KAFKA.name(Topic.SYNC_STATE), 0);
    }

    private static Envelope envelope(String key, String value) {
        return new Envelope(
                EventId.ofBytes("default", value.getBytes(UTF_8)),
                Topic.SYNC_STATE,
                key,
                Source.POLL,
                "default",
                "switchboard.poller",
                LogFixtures.RECEIVED,
                LogFixtures.RECEIVED,
                "",
                null,
                value.getBytes(UTF_8));
    }
}
