package io.switchboard.simulator;

import io.switchboard.simulator.delivery.FakeReceivers;
import io.switchboard.simulator.world.Delivery;
import io.switchboard.simulator.world.Delivery.Fate;
import io.switchboard.simulator.world.SimulatedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A simulated account in simulated time, with receivers that note what they get. */
class AccountFixture {
    static final Instant START = Instant.parse("2026-03-09T14:00:00Z");
    static final long SEED = 42;

    final Map<String, String> environment = new HashMap<>(Map.of(
            "SIMULATOR_WEBHOOK_URLS", "http://one/w/t",
            "SIMULATOR_CALLS_PER_MINUTE", "30",
            "SIMULATOR_MAX_QUEUED", "100000"));
    final FakeReceivers receivers = new FakeReceivers();
    Instant now = START;

    SimulatedAccount account(long seed) {
        return account(seed, receivers);
    }

    SimulatedAccount account(long seed, FakeReceivers receivers) {
        return new SimulatedAccount(SimulatorSettings.of(environment), seed, receivers, now);
    }

    void run(SimulatedAccount account, Duration time) {
        var end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plusMillis(100);
            account.step(now);
        }
    }

    static Stream<Fate> fates(SimulatedAccount account) {
        return account.world().newestFirst().stream()
                .flatMap(AccountFixture::deliveries)
                .map(Delivery::fate);
    }

    static Stream<Delivery> deliveries(SimulatedCall call) {
        return call.events().stream().flatMap(event -> event.deliveries().stream());
    }

    static Duration length(SimulatedCall call) {
        return Duration.between(call.startedAt(), call.endsAt());
    }

    static String timestamp(String body) {
        return body.replaceAll(".*\"Timestamp\":\"([^\"]+)\".*", "$1");
    }
}
