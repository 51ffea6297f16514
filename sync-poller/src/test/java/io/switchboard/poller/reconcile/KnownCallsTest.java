package io.switchboard.poller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.CallEvent;
import io.switchboard.call.CallRecord;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownCallsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final KnownCalls calls = watching(NOON.minus(Duration.ofHours(1)));

    @Test
    void anOpenCallKeepsThePollActiveAndAwaitsNothing() {
        webhook("a", "IncomingCall", 0);

        var attention = calls.attention(at(3600));

        assertThat(attention.active()).isTrue();
        assertThat(attention.oldestUnsettled()).isNull();
        assertThat(attention.askFor()).isEmpty();
    }

    @Test
    void silenceAfterTheLastCallIsQuiet() {
        webhook("a", "IncomingCall", 0);
        webhook("a", "IncomingCallCompleted", 10);
        record("a", "Missed", 20, null);

        assertThat(calls.attention(at(200)).active()).isTrue();
        assertThat(calls.attention(at(400)).active()).isFalse();
    }

    @Test
    void anEndedCallAwaitsItsRecordAndThenIsAskedFor() {
        webhook("a", "IncomingCall", 0);
        webhook("a", "IncomingCallCompleted", 60);

        assertThat(calls.attention(at(120)).oldestUnsettled()).isEqualTo(at(0));
        assertThat(calls.attention(at(120)).askFor()).isEmpty();
        assertThat(calls.attention(at(700)).askFor()).containsExactly("a");
        assertThat(calls.attention(at(700)).oldestUnsettled()).isNull();
        assertThat(calls.drainFindings()).containsExactlyInAnyOrderEntriesOf(Map.of(Finding.RECORD_MISSING, 1));

        record("a", "Missed", 720, null);
        assertThat(calls.attention(at(730)).askFor()).isEmpty();
        assertThat(calls.drainFindings()).isEmpty();
    }

    @Test
    void aLegThatEndsDoesNotEndTheCallAndAnOutgoingEndCanBeReopened() {
        webhook("a", "IncomingCall", 0);
        observe("a", Source.WEBHOOK, "IncomingCallCompleted", 60, "101", null);
        webhook("b", "OutgoingCall", 0);
        webhook("b", "OutgoingCallCompleted", 50);
        webhook("b", "OutgoingCallConnected", 55);

        assertThat(calls.attention(at(2000)).askFor()).isEmpty();
        assertThat(calls.attention(at(2000)).active()).isTrue();
    }

    @Test
    void aConnectedCallAwaitsItsRecordingForTwentyMinutes() {
        webhook("a", "IncomingCall", 0);
        record("a", "Connected", 70, null);

        assertThat(calls.attention(at(1000)).oldestUnsettled()).isEqualTo(at(0));
        assertThat(calls.attention(at(70 + 1200)).oldestUnsettled()).isNull();
    }

    @Test
    void aRecordingThatCameIsAwaitedNoMore() {
        webhook("a", "IncomingCall", 0);
        record("a", "Connected", 70, null);
        record("a", "Connected", 300, "https://media.example/a");

        assertThat(calls.attention(at(310)).oldestUnsettled()).isNull();
    }

    @Test
    void aCallThatNoWebhookAnnouncedIsFoundOnceAfterAGracePeriod() {
        record("a", "Missed", 20, null);
        assertThat(calls.attention(at(60))).isNotNull();
        assertThat(calls.drainFindings()).isEmpty();

        assertThat(calls.attention(at(90))).isNotNull();
        record("a", "Connected", 100, null);
        assertThat(calls.attention(at(200))).isNotNull();

        assertThat(calls.drainFindings()).isEqualTo(Map.of(Finding.WEBHOOK_MISSED, 1));
    }

    @Test
    void aWebhookThatIsSlowerThanThePollIsNotMissed() {
        record("a", "Missed", 20, null);
        webhook("a", "IncomingCall", 0);

        assertThat(calls.attention(at(500))).isNotNull();

        assertThat(calls.drainFindings()).isEmpty();
    }

    @Test
    void callsFromBeforeAnybodyListenedAreNotMissed() {
        var late = watching(at(3600));
        late.observe(event("a", Source.POLL, CallEvent.RECORD_TYPE, 4000, null, summary("Missed", null)));

        assertThat(late.attention(at(5000))).isNotNull();

        assertThat(late.drainFindings()).isEmpty();
    }

    @Test
    void aCallThatNeverEndsIsAskedForAfterFourHours() {
        webhook("a", "IncomingCall", 0);

        var attention = calls.attention(at(4 * 3600 + 10));

        assertThat(attention.askFor()).containsExactly("a");
        assertThat(attention.active()).isFalse();
        assertThat(calls.drainFindings()).isEqualTo(Map.of(Finding.NEVER_ENDED, 1));
    }

    @Test
    void theOldestIsAskedForFirst() {
        for (int i = 0; i < 150; i++) {
            webhook("c" + i, "IncomingCall", 150 - i);
            webhook("c" + i, "IncomingCallCompleted", 200);
        }

        assertThat(calls.attention(at(5000)).askFor()).hasSize(100).startsWith("c149", "c148");
    }

    @Test
    void everyoneWhoTookPartIsKnownByExtension() {
        observe("a", Source.WEBHOOK, "IncomingCallRinging", 0, "102", null);
        record("b", "Connected", 10, null);
        calls.observeExtension("103");

        assertThat(calls.attention(at(20)).extensions()).containsExactly("101", "102", "103");
    }

    @Test
    void callsAreForgottenAfterThirtyHoursAndThePastIsPassedOver() {
        webhook("a", "IncomingCall", 0);
        calls.observe(new CallEvent(
                new EventId(1, 1),
                "default",
                "old",
                Source.POLL,
                CallEvent.RECORD_TYPE,
                NOON.minus(Duration.ofDays(9)),
                NOON,
                null,
                null,
                null,
                summary("Missed", null)));
        assertThat(calls.size()).isEqualTo(1);

        assertThat(calls.attention(at(31 * 3600)).askFor()).isEmpty();

        assertThat(calls.size()).isZero();
    }

    private void webhook(String id, String type, int second) {
        observe(id, Source.WEBHOOK, type, second, null, null);
    }

    private void record(String id, String status, int second, @Nullable String recording) {
        observe(id, Source.POLL, CallEvent.RECORD_TYPE, second, null, summary(status, recording));
    }

    private void observe(
            String id,
            Source source,
            String type,
            int second,
            @Nullable String extension,
            @Nullable CallRecord record) {
        calls.observe(event(id, source, type, second, extension, record));
    }

    private static CallEvent event(
            String id,
            Source source,
            String type,
            int second,
            @Nullable String extension,
            @Nullable CallRecord record) {
        var at = record == null ? at(second) : at(0);
        return new CallEvent(
                new EventId(id.hashCode(), second),
                "default",
                id,
                source,
                type,
                at,
                at(second),
                extension,
                null,
                null,
                record);
    }

    private static CallRecord summary(String status, @Nullable String recording) {
        var called = List.of(new CallRecord.Party(null, "101", null, true));
        return new CallRecord("Incoming", status, NOON, Duration.ofSeconds(10), null, called, null, recording);
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    private static KnownCalls watching(Instant from) {
        var known = new KnownCalls(Duration.ofHours(4));
        known.watch(from);
        return known;
    }
}
