package io.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.CallRecord.Party;
import io.switchboard.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The fold's invariants over random calls: half a dozen extensions, every known name, few different times. */
class CallFoldPropertyTest {
    private static final long SEED = 42L;
    private static final int CASES = 6_000;
    private static final String[] STATUSES = {"Connected", "Missed", "VoiceMail", "Dropped", "Odd"};
    private static final String[] ADDRESSES = {"+13125550117", "+12025550143", "101", "*102", "Widget"};

    @Test
    void anyOrderAndRepetitionFoldsToTheSameCall() {
        System.out.println("CallFoldPropertyTest seed " + SEED);
        var random = new SplittableRandom(SEED);
        for (var i = 0; i < CASES; i++) {
            var events = randomCall(random).events();
            var expected = CallFold.fold(events);

            var shuffled = new ArrayList<>(events);
            for (var copies = random.nextInt(4); copies > 0; copies--) {
                shuffled.add(laterDelivery(events.get(random.nextInt(events.size()))));
            }
            Collections.shuffle(shuffled, new Random(random.nextLong()));

            assertThat(CallFold.fold(shuffled)).as("seed %d case %d", SEED, i).isEqualTo(expected);
        }
    }

    @Test
    void eventsAfterTheFinalEndChangeNothing() {
        var random = new SplittableRandom(SEED + 1);
        for (var i = 0; i < CASES; i++) {
            var script = randomCall(random).event(50, "IncomingCallCompleted");
            var before = CallFold.fold(script.events()).orElseThrow().call();

            for (var more = 1 + random.nextInt(3); more > 0; more--) {
                addWebhook(script, 51 + random.nextInt(20), random);
            }
            var after = CallFold.fold(script.events()).orElseThrow().call();

            assertThat(withVersion(after, 0)).as("seed %d case %d", SEED + 1, i).isEqualTo(withVersion(before, 0));
        }
    }

    @Test
    void everyCallIsConsistentWithItself() {
        var random = new SplittableRandom(SEED + 2);
        for (var i = 0; i < CASES; i++) {
            var events = randomCall(random).events();
            var folded = CallFold.fold(events);
            if (folded.isEmpty()) {
                continue;
            }
            var call = folded.get().call();
            assertThat(folded.get().effects()).hasSameSizeAs(events);
            assertThat(call.version()).isEqualTo(events.size());
            assertThat(call.outcome() == null).as("case %d", i).isEqualTo(call.state() != Call.State.ENDED);
            assertNothingRunsBackwards(call, "seed %d case %d".formatted(SEED + 2, i));
            assertThat(call.direction() == Call.Direction.INTERNAL && call.client() != null)
                    .isFalse();
            for (var leg : call.legs()) {
                var isOpen = leg.result() == Call.LegResult.RINGING || leg.result() == Call.LegResult.TALKING;
                assertThat(isOpen && call.state() == Call.State.ENDED).isFalse();
                assertThat(isOpen && leg.endedAt() != null).isFalse();
            }
        }
    }

    /** The call with another version. */
    static Call withVersion(Call call, int version) {
        return new Call(
                call.account(),
                call.id(),
                call.direction(),
                call.state(),
                call.outcome(),
                call.client(),
                call.businessNumber(),
                call.agent(),
                call.startedAt(),
                call.answeredAt(),
                call.endedAt(),
                call.waitTime(),
                call.talkTime(),
                call.duration(),
                call.legs(),
                call.recording(),
                call.sources(),
                call.confirmed(),
                call.lastEventAt(),
                version);
    }

    /** A call of up to ten events of all names, with a record now and then. */
    static CallScript randomCall(SplittableRandom random) {
        var script = new CallScript("a", pick(random, ADDRESSES), pick(random, ADDRESSES));
        for (var count = 1 + random.nextInt(10); count > 0; count--) {
            if (random.nextInt(8) == 0) {
                var ignored = script.record(60 + random.nextInt(5), randomRecord(random));
            } else {
                addWebhook(script, random.nextInt(12), random);
            }
        }
        return script;
    }

    static void addWebhook(CallScript script, int seconds, SplittableRandom random) {
        var names = EventName.values();
        var type = random.nextInt(15) == 0 ? "SomethingNew" : names[random.nextInt(names.length)].wire();
        var extension = random.nextInt(4) == 0 ? null : String.valueOf(101 + random.nextInt(4));
        var ignored = random.nextInt(20) == 0
                ? script.untimed(seconds, type, extension)
                : script.event(seconds, type, extension);
    }

    static CallRecord randomRecord(SplittableRandom random) {
        return new CallRecord(
                random.nextBoolean() ? "Incoming" : "Outgoing",
                random.nextInt(4) == 0 ? null : pick(random, STATUSES),
                random.nextInt(4) == 0 ? null : CallScript.at(random.nextInt(5) - 2),
                random.nextInt(4) == 0 ? null : Duration.ofSeconds(random.nextInt(40)),
                new Party("Dana Ortiz", null, pick(random, ADDRESSES), null),
                List.of(new Party("Alex Moreno", "101", null, random.nextBoolean())),
                "+12025550143",
                random.nextBoolean() ? null : "https://panel.example/" + random.nextInt(3));
    }

    static CallEvent laterDelivery(CallEvent event) {
        if (event.source() == Source.POLL || event.providerTime() == null) {
            return event;
        }
        return new CallEvent(
                event.id(),
                event.account(),
                event.callId(),
                event.source(),
                event.type(),
                event.providerTime(),
                event.receivedAt().plusSeconds(30),
                event.extension(),
                event.from(),
                event.to(),
                event.record());
    }

    /** No duration is negative, and no time of the call or its legs lies before one that must precede it. */
    static void assertNothingRunsBackwards(Call call, String which) {
        for (var duration : Arrays.asList(call.waitTime(), call.talkTime(), call.duration())) {
            assertThat(duration != null && duration.isNegative())
                    .as("%s: %s", which, call)
                    .isFalse();
        }
        assertInOrder(which, call.startedAt(), call.answeredAt(), call.endedAt());
        for (var leg : call.legs()) {
            assertInOrder(which, leg.ringingAt(), leg.connectedAt(), leg.endedAt());
        }
    }

    private static void assertInOrder(String which, @Nullable Instant... times) {
        assertThat(Arrays.stream(times).filter(Objects::nonNull).toList())
                .as(which)
                .isSorted();
    }

    private static String pick(SplittableRandom random, String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
