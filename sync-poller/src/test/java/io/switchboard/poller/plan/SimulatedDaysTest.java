package io.switchboard.poller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.poller.plan.SimulatedDay.Scenario;
import io.switchboard.poller.plan.SimulatedDay.Scenario.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole days of an account in simulated time, with everything that may happen to it. */
class SimulatedDaysTest {
    private static final int SEEDS = 5;
    private static final List<String> TABLE = new ArrayList<>();

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new Scenario("quiet", 60, 0),
                new Scenario("quiet, no webhooks at all", 60, 1),
                new Scenario("busy, 3,000 calls", 3000, 0),
                new Scenario("busy, 12,000 calls", 12000, 0),
                new Scenario("backfill of 200 days", 3000, 0, Event.BACKFILL),
                new Scenario("webhooks down 2 h", 3000, 0, Event.WEBHOOKS_DOWN),
                new Scenario("webhooks down 2 h, 12,000", 12000, 0, Event.WEBHOOKS_DOWN),
                new Scenario("5 % of webhooks lost", 3000, 0.05),
                new Scenario("provider down 3 h", 3000, 0.05, Event.PROVIDER_DOWN),
                new Scenario("key shared, 1,000 a day", 3000, 0.05).sharedWith(1000),
                new Scenario("key shared, 1,500 a day", 3000, 0.05).sharedWith(1500),
                new Scenario("four restarts, backfill", 3000, 0.05, Event.BACKFILL).restarting(4),
                new Scenario("frozen, taken over, 4 times", 3000, 0.05, Event.FROZEN_POLLER).restarting(4),
                new Scenario("clock steps", 3000, 0.05, Event.CLOCK_STEPS),
                new Scenario("limit of 200", 300, 0.05).limitedTo(200));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void neverOverTheLimitAndNothingMissed(Scenario scenario) {
        var days = new ArrayList<SimulatedDay>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            days.add(new SimulatedDay(scenario, seed).run());
        }
        TABLE.add(row(scenario, days));
        for (int i = 0; i < SEEDS; i++) {
            var day = days.get(i);
            assertThat(day.provider.mostInOneDay())
                    .as("requests, seed %d", i + 1)
                    .isLessThanOrEqualTo(scenario.limit());
            assertThat(day.missed()).as("records missed, seed %d", i + 1).hasSize(0);
            assertThat(day.recordingsMissed())
                    .as("recordings missed, seed %d", i + 1)
                    .hasSize(0);
        }
    }

    private static String row(Scenario scenario, List<SimulatedDay> days) {
        var spent = new StringBuilder();
        for (var purpose : Purpose.values()) {
            spent.append(" %5d"
                    .formatted(days.stream()
                                    .mapToInt(day -> day.spent.getOrDefault(purpose, 0))
                                    .sum()
                            / days.size()));
        }
        var overlap = Duration.ofMinutes(29);
        var syncs = days.stream()
                .flatMap(day -> day.firstRequestOfSync.stream())
                .sorted()
                .toList();
        return "%-27s |%s | %5d %5d | %6d %6d | %5s %5s | %5s %5s | %5s %5s | %4s"
                .formatted(
                        scenario.name(),
                        spent,
                        days.stream()
                                .mapToInt(day -> day.provider.mostInOneDay())
                                .max()
                                .orElse(0),
                        days.stream()
                                .mapToInt(day -> day.provider.refused)
                                .max()
                                .orElse(0),
                        days.stream().mapToInt(day -> day.missed().size()).sum(),
                        days.stream()
                                .mapToInt(day -> day.recordingsMissed().size())
                                .sum(),
                        quantile(
                                days.stream()
                                        .flatMap(day -> day.repairs(Duration.ZERO, overlap).stream())
                                        .sorted()
                                        .toList(),
                                0.5),
                        quantile(
                                days.stream()
                                        .flatMap(day -> day.repairs(Duration.ZERO, overlap).stream())
                                        .sorted()
                                        .toList(),
                                0.99),
                        quantile(
                                days.stream()
                                        .flatMap(day -> day.repairs(overlap, Duration.ofDays(1)).stream())
                                        .sorted()
                                        .toList(),
                                0.5),
                        quantile(
                                days.stream()
                                        .flatMap(day -> day.repairs(overlap, Duration.ofDays(1)).stream())
                                        .sorted()
                                        .toList(),
                                0.99),
                        quantile(
                                days.stream()
                                        .flatMap(day -> day.recordings().stream())
                                        .sorted()
                                        .toList(),
                                0.5),
                        quantile(
                                days.stream()
                                        .flatMap(day -> day.recordings().stream())
                                        .sorted()
                                        .toList(),
                                0.99),
                        quantile(syncs, 1));
    }

    private static String quantile(List<Duration> sorted, double q) {
        if (sorted.isEmpty()) {
            return "-";
        }
        var at = sorted.get((int) Math.min(sorted.size() - 1L, Math.round(q * sorted.size())));
        return at.toSeconds() + "s";
    }

    @AfterAll
    static void print() {
        System.out.println("requests in 30 h by purpose (mean of " + SEEDS + " seeds); delays p50, p99");
        System.out.println(
                "scenario                    |  live  res.  cmds. past | most/day ref | missed  rec. | repair      |"
                        + " long        | recording   | sync");
        TABLE.forEach(System.out::println);
    }
}
