package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.simulator.delivery.FakeReceivers;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.world.Delivery;
import io.switchboard.simulator.world.Delivery.Copy;
import io.switchboard.simulator.world.Delivery.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes wrong on the way to a receiver, on purpose or because of the receiver. */
class SimulatedFaultsTest extends AccountFixture {
    private @Nullable SimulatedAccount current;

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

        assertThat(shuffled.received("one"))
                .extracting(AccountFixture::timestamp)
                .isNotEqualTo(shuffled.received("one").stream()
                        .map(AccountFixture::timestamp)
                        .sorted()
                        .toList());
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
        assertThat(deliveries(call).filter(delivery -> delivery.copy() == Copy.REPLAY))
                .hasSize(2);
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

    private static Map<String, String> allFaults() {
        return Map.of(
                "SIMULATOR_LOSS_PROBABILITY", "0.1",
                "SIMULATOR_DUPLICATE_PROBABILITY", "0.2",
                "SIMULATOR_SHUFFLE_PROBABILITY", "0.3",
                "SIMULATOR_REPLAY_PROBABILITY", "0.1",
                "SIMULATOR_DELAY_MAX_MS", "700");
    }
}
