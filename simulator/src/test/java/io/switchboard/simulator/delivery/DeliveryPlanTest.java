package io.switchboard.simulator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.simulator.delivery.DeliveryPlan.Planned;
import io.switchboard.simulator.world.Delivery.Copy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeliveryPlanTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration AFTER = Duration.ofSeconds(60);
    private static final int SEEDS = 500;

    @Test
    void withoutFaultsThereIsOneCopyOnTime() {
        assertThat(DeliveryPlan.draw(Faults.NONE, new SplittableRandom(1)).copies())
                .containsExactly(new Planned(Copy.ORIGINAL, Duration.ZERO));
    }

    @Test
    void turningOneFaultOnLeavesTheOthersWhereTheyWere() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var allRandom = new SplittableRandom(seed);
            for (int event = 0; event < 5; event++) {
                var shuffled = DeliveryPlan.draw(faults(0, 0, 0.3, 0), random).copies();
                var all = DeliveryPlan.draw(faults(0, 0.5, 0.3, 0.5), allRandom).copies();

                assertThat(all.getFirst()).as("seed %d, event %d", seed, event).isEqualTo(shuffled.getFirst());
            }
        }
    }

    @Test
    void everyCopyIsLateWithinItsBounds() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var copies = DeliveryPlan.draw(faults(0, 1, 1, 1), new SplittableRandom(seed))
                    .copies();

            assertThat(copies)
                    .as("seed %d", seed)
                    .extracting(Planned::copy)
                    .containsExactly(Copy.SHUFFLED, Copy.DUPLICATE, Copy.REPLAY);
            var held = copies.get(0).delay();
            assertThat(held).as("seed %d", seed).isBetween(Duration.ZERO, WINDOW);
            assertThat(copies.get(1).delay().minus(held)).isBetween(Duration.ZERO, DeliveryPlan.DUPLICATE_WITHIN);
            assertThat(copies.get(2).delay().minus(held)).isBetween(AFTER, AFTER.multipliedBy(2));
        }
    }

    @Test
    void whatIsLostHasNoCopies() {
        assertThat(DeliveryPlan.draw(faults(1, 1, 1, 1), new SplittableRandom(1))
                        .copies())
                .isEqualTo(List.of());
    }

    private static Faults faults(double loss, double duplicates, double shuffle, double replay) {
        return new Faults(loss, duplicates, shuffle, WINDOW, Duration.ZERO, Duration.ZERO, replay, AFTER);
    }
}
