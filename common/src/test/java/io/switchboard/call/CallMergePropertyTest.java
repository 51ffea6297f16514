package io.switchboard.call;

import static io.switchboard.call.CallScript.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds of every call of which both doors tell, whatever they say and in whatever order. */
class CallMergePropertyTest {
    private static final long SEED = 71L;
    private static final int CASES = 4_000;
    private static final List<Duration> STEPS = List.of(
            Duration.ofHours(1), Duration.ofHours(-1), Duration.ofMinutes(-5), Duration.ofMillis(-700), Duration.ZERO);

    @Test
    void anyOrderRepetitionAndSplitGivesTheSameCallAndTheSameDisagreements() {
        System.out.println("CallMergePropertyTest seed " + SEED);
        var random = new SplittableRandom(SEED);
        var disputed = 0;
        for (var i = 0; i < CASES; i++) {
            var events = twoDoors(random, 1 + random.nextInt(3)).events();
            var expected = CallFold.fold(events).orElseThrow();

            var all = new ArrayList<>(events);
            for (var copies = random.nextInt(4); copies > 0; copies--) {
                all.add(CallFoldPropertyTest.laterDelivery(events.get(random.nextInt(events.size()))));
            }
            Collections.shuffle(all, new Random(random.nextLong()));
            var known = new ArrayList<CallEvent>();
            var folded = expected;
            for (var rest = all; !rest.isEmpty(); ) {
                var batch = rest.subList(0, 1 + random.nextInt(rest.size()));
                known.addAll(batch);
                batch.clear();
                folded = CallFold.fold(known).orElse(folded);
            }

            assertThat(folded).as("seed %d case %d", SEED, i).isEqualTo(expected);
            disputed += expected.disagreements().isEmpty() ? 0 : 1;
        }
        assertThat(disputed).isBetween(CASES / 4, CASES);
    }

    @Test
    void aRecordNeverMakesTheFactsOfACallDisappear() {
        var random = new SplittableRandom(SEED + 1);
        for (var i = 0; i < CASES; i++) {
            var script = twoDoors(random, random.nextInt(2));
            var before = CallFold.fold(script.events()).map(FoldedCall::call).orElse(null);
            if (before == null) {
                continue;
            }
            var isFirstRecord = !before.sources().contains(Source.POLL);
            var after = CallFold.fold(script.record(90 + i % 3, CallFoldPropertyTest.randomRecord(random))
                            .events())
                    .orElseThrow()
                    .call();
            var which = "seed %d case %d".formatted(SEED + 1, i);

            assertThat(after.answeredAt()).as(which).isEqualTo(before.answeredAt());
            assertThat(after.startedAt().isAfter(before.startedAt()) && isFirstRecord)
                    .as(which)
                    .isFalse();
            assertThat(after.legs()).as(which).hasSameSizeAs(before.legs());
            assertKept(which, before.outcome(), after.outcome());
            assertKept(which, before.duration(), after.duration());
            assertKept(which, before.recording().uri(), after.recording().uri());
            assertKept(which, before.businessNumber(), after.businessNumber());
            if (isFirstRecord) { // a later one may correct the first
                assertKept(which, before.client(), after.client());
                assertKept(which, before.agent(), after.agent());
            }
        }
    }

    @Test
    void noClockHoweverWrongGivesANegativeTime() {
        var random = new SplittableRandom(SEED + 2);
        for (var i = 0; i < CASES; i++) {
            var steady = twoDoors(random, random.nextInt(4)).events();
            var step = STEPS.get(random.nextInt(STEPS.size()));
            var receiptStep = STEPS.get(random.nextInt(STEPS.size()));
            var from = START.plusSeconds(random.nextInt(12));
            var stepped = steady.stream()
                    .map(event -> event.record() == null && event.occurredAt().isAfter(from)
                            ? clockedBy(event, step)
                            : receivedBy(event, receiptStep))
                    .toList();

            var which = "seed %d case %d: %s from %s".formatted(SEED + 2, i, step, from);
            CallFold.fold(stepped)
                    .ifPresent(folded -> CallFoldPropertyTest.assertNothingRunsBackwards(folded.call(), which));
        }
    }

    /** Up to ten webhooks, and so many records more than there are among them. */
    private static CallScript twoDoors(SplittableRandom random, int records) {
        var script = CallFoldPropertyTest.randomCall(random);
        for (var i = 0; i < records; i++) {
            var ignored = script.record(60 + random.nextInt(30), CallFoldPropertyTest.randomRecord(random));
        }
        return script;
    }

    private static CallEvent clockedBy(CallEvent event, Duration step) {
        var time = event.providerTime();
        return time == null
                ? event
                : new CallEvent(
                        event.id(),
                        event.account(),
                        event.callId(),
                        event.source(),
                        event.type(),
                        time.plus(step),
                        event.receivedAt(),
                        event.extension(),
                        event.from(),
                        event.to(),
                        null);
    }

    private static CallEvent receivedBy(CallEvent event, Duration step) {
        return new CallEvent(
                event.id(),
                event.account(),
                event.callId(),
                event.source(),
                event.type(),
                event.providerTime(),
                event.receivedAt().plus(step),
                event.extension(),
                event.from(),
                event.to(),
                event.record());
    }

    private static void assertKept(String which, @Nullable Object before, @Nullable Object after) {
        assertThat(before != null && after == null).as(which).isFalse();
    }
}
