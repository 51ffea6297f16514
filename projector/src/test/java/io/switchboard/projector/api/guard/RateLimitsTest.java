package io.switchboard.projector.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // clocks may wrap
    private final RateLimits limits = new RateLimits(3, now::get);

    @Test
    void aCallerMayAskSoOftenAMinute() {
        for (int left = 2; left >= 0; left--) {
            assertThat(limits.take("ann").orElseThrow()).isEqualTo(new RateLimits.Turn(true, 3, left, 60));
        }
        pass(Duration.ofMillis(20_500));
        assertThat(limits.take("ann").orElseThrow()).isEqualTo(new RateLimits.Turn(false, 3, 0, 40));
        pass(Duration.ofMillis(39_500));
        assertThat(limits.take("ann").orElseThrow()).isEqualTo(new RateLimits.Turn(true, 3, 2, 60));
    }

    @Test
    void callersDoNotPayForEachOther() {
        for (int i = 0; i < 9; i++) {
            assertThat(limits.take("ann")).isPresent();
        }

        assertThat(limits.take("bob").orElseThrow().allowed()).isTrue();
    }

    @Test
    void whatCostNothingIsGivenBack() {
        assertThat(limits.take("ann").orElseThrow().left()).isEqualTo(2);
        assertThat(limits.giveBack("ann").orElseThrow().left()).isEqualTo(3);
        assertThat(limits.giveBack("ann").orElseThrow().left()).isEqualTo(3);
        assertThat(limits.take("ann").orElseThrow().left()).isEqualTo(2);
    }

    @Test
    void theCountersAreBounded() {
        for (int i = 0; i < 30_000; i++) {
            assertThat(limits.take("caller " + i)).isPresent();
        }
        assertThat(limits.callers()).isLessThanOrEqualTo(10_001);
        assertThat(limits.take("one more").orElseThrow().allowed()).isFalse();

        pass(RateLimits.WINDOW);
        assertThat(limits.take("one more").orElseThrow().allowed()).isTrue();
        assertThat(limits.callers()).isLessThan(10);
    }

    @Test
    void zeroIsNoLimit() {
        assertThat(new RateLimits(0, now::get).take("ann")).isEmpty();
    }

    @Test
    void theFieldsAreStructured() {
        var turn = limits.take("ann").orElseThrow();

        assertThat(turn.policy()).isEqualTo("\"default\";q=3;w=60");
        assertThat(turn.state()).isEqualTo("\"default\";r=2;t=60");
    }

    private void pass(Duration duration) {
        assertThat(now.addAndGet(duration.toNanos())).isNotZero();
    }
}
