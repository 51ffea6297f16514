package io.switchboard.simulator.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.runtime.SettingsReader;
import io.switchboard.simulator.switches.Switches;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {
    private static final Instant NOON = Instant.parse("2026-03-09T12:00:00Z");

    @Test
    void theLimitIsReachedExactlyAndTheNextWindowBeginsAnew() {
        var settings = settings("5", "first-request");
        var budget = new Budget();
        for (int i = 0; i < 5; i++) {
            assertThat(budget.take(NOON.plusSeconds(i), settings)).isTrue();
        }

        assertThat(budget.take(NOON.plusSeconds(6), settings)).isFalse();
        assertThat(budget.take(NOON.plus(Duration.ofDays(1)).minusMillis(1), settings))
                .isFalse();
        assertThat(budget.take(NOON.plus(Duration.ofDays(1)), settings)).isTrue();
        assertThat(budget.window())
                .isEqualTo(new Budget.Window(NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(2)), 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "first-request, 2026-03-09T12:00:00Z",
        "midnight, 2026-03-09T00:00:00Z",
        "07:30, 2026-03-09T07:30:00Z",
        "12:00, 2026-03-09T12:00:00Z",
        "12:01, 2026-03-08T12:01:00Z"
    })
    void aWindowBeginsAtItsAnchor(String anchor, Instant start) {
        var budget = new Budget();

        assertThat(budget.take(NOON, settings("5", anchor))).isTrue();

        var window = Objects.requireNonNull(budget.window());
        assertThat(window.start()).isEqualTo(start);
        assertThat(window.end()).isEqualTo(start.plus(Duration.ofDays(1)));
    }

    @Test
    void noWindowEverCountsMoreThanTheLimit() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var settings = settings("20", random.nextBoolean() ? "midnight" : "first-request");
            var budget = new Budget();
            var now = NOON;
            for (int i = 0; i < 500; i++) {
                now = now.plusSeconds(random.nextLong(7_200));
                var within = budget.take(now, settings);
                var window = Objects.requireNonNull(budget.window());
                assertThat(window.counted()).as("seed %d", seed).isBetween(within ? 1 : 20, 20);
                assertThat(now)
                        .as("seed %d", seed)
                        .isBetween(window.start(), window.end().minusNanos(1));
            }
        }
    }

    @Test
    void anAnchorIsShownAsItIsWritten() {
        assertThat(Anchor.of("midnight")).hasToString("midnight");
        assertThat(Anchor.of("07:30")).hasToString("07:30");
        assertThat(Anchor.of("first-request")).hasToString("first-request");
        assertThatThrownBy(() -> Anchor.of("noon")).hasMessage(Anchor.TAKES);
    }

    private static AccessSettings settings(String limit, String anchor) {
        var reader =
                SettingsReader.of(Map.of("SIMULATOR_DAILY_REQUESTS", limit, "SIMULATOR_API_WINDOW_ANCHOR", anchor));
        return AccessSettings.read(new Switches(reader), AccessSettings.STANDARD);
    }
}
