package io.switchboard.projector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DurationSketchTest {
    private static final long SEED = 20_261_101;
    private static final long SECOND = 1_000_000;

    @Test
    void whatWasAddedCanBeTakenAway() {
        var random = new SplittableRandom(SEED);
        for (var round = 0; round < 200; round++) {
            var kept = sketch(random, 50);
            var passing = sketch(random, 50);
            var sum = DurationSketch.decode(kept.encode());
            sum.add(passing);
            sum.subtract(passing);

            assertThat(sum).as("seed %s round %s", SEED, round).isEqualTo(kept);
            assertThat(sum.encode()).isEqualTo(kept.encode());
        }
    }

    @Test
    void encodingsBehindOneAnotherAreTheSum() {
        var random = new SplittableRandom(SEED);
        var one = sketch(random, 300);
        var other = sketch(random, 300);
        var both = Arrays.copyOf(one.encode(), one.encode().length + other.encode().length);
        System.arraycopy(other.encode(), 0, both, one.encode().length, other.encode().length);

        var sum = DurationSketch.decode(one.encode());
        sum.add(other);

        assertThat(DurationSketch.decode(both)).isEqualTo(sum);
    }

    @Test
    void wholeSecondsUpToTwoMinutesAreCountedExactly() {
        var random = new SplittableRandom(SEED);
        var sketch = new DurationSketch();
        var all = new ArrayList<Long>();
        for (var i = 0; i < 5_000; i++) {
            var micros = random.nextInt(4) == 0 ? random.nextLong(130) * SECOND : random.nextLong(200 * SECOND);
            all.add(micros);
            sketch.add(micros, 1);
        }
        for (var threshold = 1L; threshold <= 120; threshold++) {
            var micros = threshold * SECOND;
            assertThat(DurationSketch.isExactAt(micros)).isTrue();
            assertThat(sketch.countUpTo(micros))
                    .as("up to %s s", threshold)
                    .isEqualTo(all.stream().filter(one -> one <= micros).count());
        }
        assertThat(DurationSketch.isExactAt(121 * SECOND)).isFalse();
    }

    @Test
    void percentilesAreWithinAPercent() {
        var random = new SplittableRandom(SEED);
        for (var round = 0; round < 50; round++) {
            var values = new long[1 + random.nextInt(2_000)];
            var sketch = new DurationSketch();
            for (var i = 0; i < values.length; i++) {
                values[i] = (long) Math.exp(random.nextDouble(Math.log(0.05), Math.log(80_000))) * SECOND
                        + random.nextLong(SECOND);
                sketch.add(values[i], 1);
            }
            Arrays.sort(values);
            for (var share : new double[] {0.5, 0.9, 0.95, 1}) {
                var exact = values[(int) Math.ceil(share * values.length) - 1];
                assertThat((double) sketch.quantile(share)).isCloseTo(exact, within(Math.max(50_000, exact * 0.01)));
            }
        }
    }

    private static DurationSketch sketch(SplittableRandom random, int durations) {
        var sketch = new DurationSketch();
        for (var i = 0; i < durations; i++) {
            sketch.add(random.nextLong(100_000 * SECOND), 1 + random.nextInt(3));
        }
        return sketch;
    }
}
