package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.world.Delivery;
import io.switchboard.simulator.world.Delivery.Fate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which calls an account makes, and when. */
class SimulatedAccountTest extends AccountFixture {
    @Test
    void everyEventArrivesOnceInTheOrderOfItsTime() {
        var account = account(SEED);

        run(account, Duration.ofMinutes(30));

        assertThat(account.world().newestFirst()).hasSizeBetween(800, 1_000);
        assertThat(receivers.received("one")).doesNotHaveDuplicates();
        assertThat(receivers.received("one"))
                .extracting(AccountFixture::timestamp)
                .isSorted();
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
    void callsBeginWithTheFirstStepHoweverLateItIsAndArePausedWithTheProcess() {
        var account = account(SEED);
        run(account, Duration.ofMinutes(1));

        now = now.plus(Duration.ofHours(3));
        var resumed = now;
        run(account, Duration.ofMinutes(1));

        assertThat(account.world().newestFirst()).hasSizeBetween(40, 80);
        assertThat(account.world().newestFirst())
                .noneMatch(call -> call.startedAt().isAfter(START.plus(Duration.ofMinutes(1)))
                        && call.startedAt().isBefore(resumed));
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
    void ordersAndHistoryDoNotChangeTheLiveCallsOfASeed() {
        var plain = ids(account(SEED));
        environment.put("SIMULATOR_HISTORY_CALLS", "20");
        now = START;
        var account = account(SEED);
        assertThat(account.order(CallKind.GROUP, now)).isPresent();

        assertThat(ids(account)).containsAll(plain).hasSize(plain.size() + 21);
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
        assertThat(added.stream().flatMap(AccountFixture::deliveries))
                .extracting(Delivery::fate)
                .containsOnly(Fate.LOST);
        assertThat(added)
                .anySatisfy(call -> assertThat(call.events())
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
        assertThat(account.world().made().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isBetween(14_000L, 16_000L);
    }

    private List<String> ids(SimulatedAccount account) {
        now = START;
        run(account, Duration.ofMinutes(5));
        return account.world().newestFirst().stream()
                .map(call -> call.script().id().toString())
                .toList();
    }
}
