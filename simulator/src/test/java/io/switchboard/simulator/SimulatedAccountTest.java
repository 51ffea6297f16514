package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.simulator.delivery.FakeReceivers;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.world.Delivery;
import io.switchboard.simulator.world.Delivery.Copy;
import io.switchboard.simulator.world.Delivery.Fate;
import io.switchboard.simulator.world.SimulatedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A simulated account in simulated time. */
class SimulatedAccountTest {
    private static final Instant START = Instant.parse("2026-03-09T14:00:00Z");
    private static final long SEED = 42;

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "SIMULATOR_WEBHOOK_URLS", "http://one/w/t",
            "SIMULATOR_CALLS_PER_MINUTE", "30",
            "SIMULATOR_MAX_QUEUED", "100000"));
    private final FakeReceivers receivers = new FakeReceivers();
    private Instant now = START;
    private @Nullable SimulatedAccount current;

    @Test
    void everyEventArrivesOnceInTheOrderOfItsTime() {
        var account = account(SEED);

        run(account, Duration.ofMinutes(30));

        assertThat(account.world().newestFirst()).hasSizeBetween(800, 1_000);
        assertThat(receivers.received("one")).doesNotHaveDuplicates();
        assertThat(receivers.received("one")).extracting(SimulatedAccountTest::timestamp).isSorted();
        assertThat(fates(account)).containsOnly(Fate.DELIVERED, Fate.SCHEDULED);
    }

    @Test
    void anEventIsSentWhenItHappensAndNotBefore() {
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "0");
        var account = account(SEED);
        var call = account.order(CallKind.ANSWERED, now).orElseThrow();

        for (var event : call.events()) {
            now = event.timestamp().minusMillis(1);
            account.step(now);
            assertThat(event.deliveries().getFirst().fate()).isEqualTo(Fate.SCHEDULED);
            now = event.timestamp();
            account.step(now);
            assertThat(event.deliveries().getFirst().fate()).isEqualTo(Fate.DELIVERED);
        }
    }

    @Test
    void speedShortensWhatHappensInsideACall() {
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "0");
        var natural = account(SEED).order(CallKind.TRANSFER, now).orElseThrow();
        environment.put("SIMULATOR_SPEED", "10");
        var fast = account(SEED).order(CallKind.TRANSFER, now).orElseThrow();

        assertThat(length(fast)).isCloseTo(length(natural).dividedBy(10), Duration.ofMillis(1));
    }

    @Test
    void theSameSeedDeliversTheSameBytesWithAllFaultsOn() {
        environment.putAll(allFaults());
        run(account(SEED), Duration.ofMinutes(30));
        var first = List.copyOf(receivers.received("one"));
        var again = new FakeReceivers();
        var other = new FakeReceivers();
        now = START;
        run(account(SEED, again), Duration.ofMinutes(30));
        now = START;
        run(account(SEED + 1, other), Duration.ofMinutes(30));

        assertThat(again.received("one")).isEqualTo(first);
        assertThat(other.received("one")).isNotEqualTo(first);
    }

    @Test
    void ordersAndHistoryDoNotChangeTheLiveCallsOfASeed() {
        var plain = ids(account(SEED));
        environment.put("SIMULATOR_HISTORY_CALLS", "20");
        now = START;
        var account = account(SEED);
        assertThat(account.order(CallKind.GROUP, now)).isPresent();

        assertThat(ids(account)).containsAll(plain).hasSize(plain.size() + 21);
    }

    @Test
    void lossTakesItsShareAndMoreLossTakesTheSameEventsAndMore() {
        environment.put("SIMULATOR_LOSS_PROBABILITY", "0.1");
        var few = lost();
        environment.put("SIMULATOR_LOSS_PROBABILITY", "0.3");
        var many = lost();

        assertThat(many).containsAll(few);
        assertThat((double) few.size() / many.size()).isBetween(0.2, 0.5);
    }

    @Test
    void whatIsLostIsNeverSent() {
        environment.put("SIMULATOR_LOSS_PROBABILITY", "1");
        var account = account(SEED);

        run(account, Duration.ofMinutes(30));

        assertThat(fates(account)).containsOnly(Fate.LOST);
        assertThat(receivers.received("one")).isEmpty();
    }

    @Test
    void aDuplicateIsTheSameBytesAgain() {
        environment.put("SIMULATOR_DUPLICATE_PROBABILITY", "1");
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "0");
        var account = account(SEED);
        assertThat(account.order(CallKind.SEQUENTIAL, now)).isPresent();

        run(account, Duration.ofHours(1));

        var times = new HashMap<String, Integer>();
        receivers.received("one").forEach(body -> times.merge(body, 1, Integer::sum));
        assertThat(times).hasSize(6);
        assertThat(times.values()).containsOnly(2);
    }

    @Test
    void shufflingChangesTheOrderAndNothingElse() {
        run(account(SEED), Duration.ofMinutes(30));
        var ordered = List.copyOf(receivers.received("one"));
        environment.put("SIMULATOR_SHUFFLE_PROBABILITY", "0.5");
        environment.put("SIMULATOR_SHUFFLE_WINDOW_MS", "30000");
        var shuffled = new FakeReceivers();
        now = START;
        run(account(SEED, shuffled), Duration.ofMinutes(31));

        assertThat(shuffled.received("one")).extracting(SimulatedAccountTest::timestamp).isNotEqualTo(
                shuffled.received("one").stream().map(SimulatedAccountTest::timestamp).sorted().toList());
        assertThat(shuffled.received("one")).doesNotHaveDuplicates().containsAll(ordered);
    }

    @Test
    void delaysStayInTheirRangeAndLeaveTheTimestampAlone() {
        environment.put("SIMULATOR_DELAY_MIN_MS", "2000");
        environment.put("SIMULATOR_DELAY_MAX_MS", "5000");
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "0");
        var account = account(SEED);
        var call = account.order(CallKind.ANSWERED, now).orElseThrow();

        account.step(call.startedAt().plusMillis(1_999));
        assertThat(receivers.received("one")).isEmpty();
        account.step(call.startedAt().plusMillis(5_000));
        assertThat(receivers.received("one")).hasSize(1);
        assertThat(receivers.received("one").getFirst()).contains("\"Timestamp\":\"2026-03-09T14:00:00.0000000Z\"");
    }

    @Test
    void aReplayComesLongAfterItsEvent() {
        environment.put("SIMULATOR_REPLAY_PROBABILITY", "1");
        environment.put("SIMULATOR_REPLAY_AFTER_MS", "3600000");
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "0");
        var account = account(SEED);
        var call = account.order(CallKind.OUTGOING_UNANSWERED, now).orElseThrow();

        account.step(START.plus(Duration.ofMinutes(59)));
        assertThat(receivers.received("one")).hasSize(2);
        account.step(START.plus(Duration.ofMinutes(121)));
        assertThat(receivers.received("one")).hasSize(4);
        assertThat(deliveries(call).filter(delivery -> delivery.copy() == Copy.REPLAY)).hasSize(2);
    }

    @Test
    void aRefusedDeliveryIsSentAgainAndThenGivenUp() {
        environment.put("SIMULATOR_RETRIES", "2");
        environment.put("SIMULATOR_RETRY_BACKOFF_MS", "1000");
        receivers.answer("one", 503);

        var delivery = firstDelivery(Fate.RETRYING);

        assertThat(delivery.attempts()).isEqualTo(1);
        retry(Duration.ofMillis(1_000));
        assertThat(delivery.attempts()).isEqualTo(2);
        retry(Duration.ofMillis(1_999));
        assertThat(delivery.attempts()).isEqualTo(2);
        retry(Duration.ofMillis(1));
        assertThat(delivery.attempts()).isEqualTo(3);
        assertThat(delivery.fate()).isEqualTo(Fate.FAILED);
        assertThat(delivery.status()).isEqualTo(503);
    }

    @Test
    void aRetryMayBeAccepted() {
        environment.put("SIMULATOR_RETRY_BACKOFF_MS", "1000");
        receivers.answer("one", 0);
        var delivery = firstDelivery(Fate.RETRYING);
        receivers.answer("one", 204);

        retry(Duration.ofSeconds(1));

        assertThat(delivery.fate()).isEqualTo(Fate.DELIVERED);
        assertThat(delivery.status()).isEqualTo(204);
    }

    @Test
    void withRetriesOffAFailureIsFinal() {
        environment.put("SIMULATOR_RETRIES", "0");
        receivers.answer("one", 302);

        assertThat(firstDelivery(Fate.FAILED).attempts()).isEqualTo(1);
    }

    @Test
    void aSilentUrlHasBoundedRequestsAndABoundedQueueAndHoldsUpNobody() {
        environment.put("SIMULATOR_WEBHOOK_URLS", "http://one/w/t,http://two/w/t");
        environment.put("SIMULATOR_MAX_OUTSTANDING", "4");
        environment.put("SIMULATOR_MAX_QUEUED", "500");
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "30");
        environment.put("SIMULATOR_SPEED", "50");
        receivers.silence("two");
        var account = account(SEED);

        run(account, Duration.ofMinutes(30));

        var two = account.dispatcher().urls().get(1);
        assertThat(two.outstanding()).isEqualTo(4);
        assertThat(two.waiting()).isEqualTo(500);
        assertThat(two.tally().count(Fate.DROPPED)).isPositive();
        assertThat(receivers.received("two")).hasSize(4);
        assertThat(receivers.received("one")).hasSizeGreaterThan(3_000);
        assertThat(account.world().skipped()).isZero();

        receivers.answerOne(200);

        assertThat(receivers.received("two")).hasSize(5);
        assertThat(receivers.unanswered()).isEqualTo(4);
    }

    @Test
    void aLongQueueToAUrlThatBeginsToFailAtOnceIsWorkedOff() {
        environment.put("SIMULATOR_MAX_OUTSTANDING", "1");
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "1500");
        environment.put("SIMULATOR_SPEED", "100");
        environment.put("SIMULATOR_RETRIES", "0");
        receivers.silence("one");
        var account = account(SEED);
        run(account, Duration.ofMinutes(3));
        assertThat(account.dispatcher().urls().getFirst().waiting()).isGreaterThan(15_000);

        receivers.answer("one", 0);
        receivers.speak("one");
        receivers.answerOne(200);

        assertThat(account.dispatcher().urls().getFirst().waiting()).isZero();
        assertThat(account.dispatcher().urls().getFirst().outstanding()).isZero();
    }

    @Test
    void aCallForWhichThereIsNoRoomIsNotMadeAtAll() {
        environment.put("SIMULATOR_MAX_QUEUED", "100");
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "600");
        var account = account(SEED);

        run(account, Duration.ofMinutes(1));

        assertThat(account.world().skipped()).isPositive();
        assertThat(account.dispatcher().scheduled()).isLessThanOrEqualTo(100);
        assertThat(account.order(CallKind.GROUP, now)).isEmpty();
    }

    @Test
    void historyIsFinishedCallsOfTheWindowDeliveredAtOnce() {
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "0");
        environment.put("SIMULATOR_HISTORY_CALLS", "300");
        environment.put("SIMULATOR_HISTORY_HOURS", "6");
        environment.put("SIMULATOR_SPEED", "1000");
        var account = account(SEED);

        run(account, Duration.ofSeconds(10));

        assertThat(account.world().newestFirst()).hasSize(300);
        assertThat(fates(account)).containsOnly(Fate.DELIVERED);
        assertThat(account.world().newestFirst()).allSatisfy(call -> {
            assertThat(call.endsAt()).isBefore(START);
            assertThat(call.startedAt()).isAfter(START.minus(Duration.ofHours(7)));
            assertThat(length(call)).isGreaterThan(Duration.ofSeconds(10));
        });
    }

    @Test
    void historyWaitsWhileTheReceiverIsBusy() {
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "0");
        environment.put("SIMULATOR_HISTORY_CALLS", "100000");
        environment.put("SIMULATOR_MAX_QUEUED", "1000");
        receivers.silence("one");
        var account = account(SEED);

        run(account, Duration.ofSeconds(30));

        assertThat(account.world().newestFirst()).hasSizeLessThan(500);
        assertThat(fates(account)).doesNotContain(Fate.DROPPED);
        assertThat(account.world().skipped()).isZero();
    }

    @Test
    void aChangedRateAndChangedFaultsHoldForTheNextCalls() {
        var account = account(SEED);
        run(account, Duration.ofMinutes(1));
        var before = account.world().newestFirst().size();

        account.change(SettingsChange.apply(
                Map.of("calls_per_minute", 600, "loss_probability", 1, "event_names", "ccapi"), account.live()));
        run(account, Duration.ofMinutes(1));

        var added = account.world().newestFirst().stream()
                .limit(account.world().newestFirst().size() - before)
                .toList();
        assertThat(added).hasSizeBetween(500, 700);
        assertThat(added.stream().flatMap(SimulatedAccountTest::deliveries)).extracting(Delivery::fate).containsOnly(Fate.LOST);
        assertThat(added).anySatisfy(call -> assertThat(call.events())
                .anyMatch(event -> event.script().name().wire().equals("IncomingCallAgentRinging")));
    }

    @Test
    void noExtensionHasTwoCallsAtOnceWhileEnoughAreFree() {
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "3");
        var account = account(SEED);
        run(account, Duration.ofHours(2));
        var calls = account.world().newestFirst();

        for (var call : calls) {
            for (var other : calls) {
                var overlap = call != other
                        && call.startedAt().isBefore(other.endsAt())
                        && other.startedAt().isBefore(call.endsAt());
                var shared = new HashSet<>(call.script().extensions());
                shared.retainAll(other.script().extensions());
                assertThat(overlap && !shared.isEmpty()).as("%s", shared).isFalse();
            }
        }
    }

    @Test
    void onlyTheNewestTenThousandCallsAreRemembered() {
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "60000");
        environment.put("SIMULATOR_SPEED", "10000");
        environment.put("SIMULATOR_WEBHOOK_URLS", "");
        var account = account(SEED);

        run(account, Duration.ofSeconds(15));

        assertThat(account.world().newestFirst()).hasSize(10_000);
        assertThat(account.world().made().values().stream().mapToLong(Long::longValue).sum())
                .isBetween(14_000L, 16_000L);
    }

    private Delivery firstDelivery(Fate expected) {
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "0");
        var account = account(SEED);
        var call = account.order(CallKind.ANSWERED, now).orElseThrow();
        current = account;
        account.step(now);
        var delivery = call.events().getFirst().deliveries().getFirst();
        assertThat(delivery.fate()).isEqualTo(expected);
        return delivery;
    }

    private void retry(Duration later) {
        now = now.plus(later);
        Objects.requireNonNull(current).step(now);
    }

    private SimulatedAccount account(long seed) {
        return account(seed, receivers);
    }

    private SimulatedAccount account(long seed, FakeReceivers receivers) {
        return new SimulatedAccount(SimulatorSettings.of(environment), seed, receivers, now);
    }

    private void run(SimulatedAccount account, Duration time) {
        var end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plusMillis(100);
            account.step(now);
        }
    }

    private List<String> lost() {
        now = START;
        var account = account(SEED);
        run(account, Duration.ofMinutes(30));
        var lost = new ArrayList<String>();
        for (var call : account.world().newestFirst()) {
            for (var event : call.events()) {
                if (event.deliveries().getFirst().fate() == Fate.LOST) {
                    lost.add(event.script().guid().toString());
                }
            }
        }
        return lost;
    }

    private List<String> ids(SimulatedAccount account) {
        now = START;
        run(account, Duration.ofMinutes(5));
        return account.world().newestFirst().stream()
                .map(call -> call.script().id().toString())
                .toList();
    }

    private static Map<String, String> allFaults() {
        return Map.of(
                "SIMULATOR_LOSS_PROBABILITY", "0.1",
                "SIMULATOR_DUPLICATE_PROBABILITY", "0.2",
                "SIMULATOR_SHUFFLE_PROBABILITY", "0.3",
                "SIMULATOR_REPLAY_PROBABILITY", "0.1",
                "SIMULATOR_DELAY_MAX_MS", "700");
    }

    private static Stream<Fate> fates(SimulatedAccount account) {
        return account.world().newestFirst().stream()
                .flatMap(SimulatedAccountTest::deliveries)
                .map(Delivery::fate);
    }

    private static Stream<Delivery> deliveries(SimulatedCall call) {
        return call.events().stream().flatMap(event -> event.deliveries().stream());
    }

    private static Duration length(SimulatedCall call) {
        return Duration.between(call.startedAt(), call.endsAt());
    }

    private static String timestamp(String body) {
        return body.replaceAll(".*\"Timestamp\":\"([^\"]+)\".*", "$1");
    }
}
