package io.switchboard.poller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.poller.plan.SimulatedDay.Scenario;
import io.switchboard.poller.plan.SimulatedDay.Scenario.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole days of an account in simulated time, with everything that may happen to it. */
class SimulatedDaysTest {
    private static final int SEEDS = 5;
    private static final Duration OVERLAP = Duration.ofMinutes(29);
    private static final List<String> TABLE = new ArrayList<>();

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new Scenario("quiet", 60, 0),
                new Scenario("quiet, no webhooks at all", 60, 1),
                new Scenario("busy, 3,000 calls", 3000, 0),
                new Scenario("backfill of 200 days", 3000, 0, Event.BACKFILL),
                new Scenario("webhooks down 2 h", 3000, 0, Event.WEBHOOKS_DOWN),
                new Scenario("the same, 12,000 calls", 12000, 0, Event.WEBHOOKS_DOWN),
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
            var seed = "%s, seed %d".formatted(scenario, i + 1);
            assertThat(day.provider.mostInOneDay()).as("requests, " + seed).isLessThanOrEqualTo(scenario.limit());
            assertThat(day.missed()).as("records missed, " + seed).hasSize(0);
            assertThat(day.recordingsMissed()).as("recordings missed, " + seed).hasSize(0);
            assertThat(day.firstRequestOfSync).as("syncs, " + seed).isNotEmpty();
            if (scenario.isUndisturbed()) {
                assertInTime(day, seed);
            }
        }
    }

    /** Where neither the provider nor the clock stands in the way. */
    private static void assertInTime(SimulatedDay day, String seed) {
        var quiet = day.scenario().callsADay() < 100;
        var crowded = day.scenario().callsADay() > 10_000;
        // A cycle of the quiet hours, and the pause after an answer that said "too fast".
        assertThat(day.repairs(Duration.ZERO, OVERLAP))
                .as("repairs, " + seed)
                .allMatch(within(Duration.ofSeconds(300 + 75 + 15)));
        assertThat(quantile(day.repairs(Duration.ZERO, OVERLAP), 0.9))
                .as("repairs, " + seed)
                .isLessThan(Duration.ofSeconds(quiet ? 300 : 90));
        assertThat(day.repairs(OVERLAP, Duration.ofDays(1)))
                .as("repairs of long calls, " + seed)
                .allMatch(within(Duration.ofMinutes(crowded ? 40 : 7)));
        assertThat(quantile(day.recordings(), 0.99))
                .as("recordings, " + seed)
                .isLessThan(Duration.ofMinutes(crowded ? 30 : 6));
        assertThat(day.firstRequestOfSync).as("syncs begin, " + seed).allMatch(within(Duration.ofSeconds(1)));
        assertThat(day.syncs()).as("syncs end, " + seed).hasSize(4).allMatch(within(Duration.ofMinutes(1)));
    }

    private static Predicate<Duration> within(Duration longest) {
        return actual -> actual.compareTo(longest) <= 0;
    }

    private static String row(Scenario scenario, List<SimulatedDay> days) {
        var spent = new StringBuilder();
        for (var purpose : Purpose.values()) {
            var sum = days.stream()
                    .mapToInt(day -> day.spent.getOrDefault(purpose, 0))
                    .sum();
            spent.append(" %5d".formatted(sum / days.size()));
        }
        return "%-27s |%s | %5d %4d | %5d %5d | %5s %6s | %5s %6s | %5s %6s | %4s %4s"
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
                        seconds(days, day -> day.repairs(Duration.ZERO, OVERLAP), 0.5),
                        seconds(days, day -> day.repairs(Duration.ZERO, OVERLAP), 0.99),
                        seconds(days, day -> day.repairs(OVERLAP, Duration.ofDays(1)), 0.5),
                        seconds(days, day -> day.repairs(OVERLAP, Duration.ofDays(1)), 0.99),
                        seconds(days, SimulatedDay::recordings, 0.5),
                        seconds(days, SimulatedDay::recordings, 0.99),
                        seconds(days, day -> day.firstRequestOfSync, 1),
                        seconds(days, SimulatedDay::syncs, 1));
    }

    private static String seconds(
            List<SimulatedDay> days, Function<SimulatedDay, List<Duration>> delays, double quantile) {
        var all = days.stream()
                .flatMap(day -> delays.apply(day).stream())
                .sorted()
                .toList();
        return all.isEmpty() ? "-" : quantile(all, quantile).toSeconds() + "s";
    }

    private static Duration quantile(List<Duration> sorted, double q) {
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get((int) Math.min(sorted.size() - 1L, Math.round(q * sorted.size())));
    }

    @AfterAll
    static void print() {
        System.out.println("""
                Requests by purpose: mean of %d seeds, over 30 h (key shared: 54 h). Most in any of the provider's days, \
                refusals. Delays p50 and p99; long: calls over 29 min; sync: longest wait for the first request and the end.
                scenario                    |  live  res.  cmd.  past |  most ref. | missed rec. |      repair  |\
                   repair, long |    recording | sync""".formatted(SEEDS));
        TABLE.forEach(System.out::println);
    }
}
