package io.switchboard.simulator.script;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.switchboard.call.EventName;
import io.switchboard.simulator.script.ScriptedEvent.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Writes the events of one call in order of time; owned by the {@link CallScript} that makes it. */
final class Timeline {
    private static final double MEDIAN_TALK_SECONDS = 95;
    private static final double TALK_SPREAD = 0.85;
    private static final double SHORTEST_TALK_SECONDS = 8;
    private static final double LONGEST_TALK_SECONDS = 1500;

    private final SplittableRandom random;
    private final List<ScriptedEvent> events = new ArrayList<>();
    private Duration now = Duration.ZERO;

    Timeline(SplittableRandom random) {
        this.random = random;
    }

    @CanIgnoreReturnValue
    Timeline pause(double leastSeconds, double mostSeconds) {
        now = now.plus(seconds(random.nextDouble(leastSeconds, mostSeconds)));
        return this;
    }

    /** A conversation: most are short, a few are long (log-normal). */
    @CanIgnoreReturnValue
    Timeline talk() {
        var length = MEDIAN_TALK_SECONDS * Math.exp(TALK_SPREAD * random.nextGaussian());
        now = now.plus(seconds(Math.clamp(length, SHORTEST_TALK_SECONDS, LONGEST_TALK_SECONDS)));
        return this;
    }

    @CanIgnoreReturnValue
    Timeline event(EventName name) {
        return add(name, null, Reach.PART);
    }

    @CanIgnoreReturnValue
    Timeline event(EventName name, String extension) {
        return add(name, extension, Reach.PART);
    }

    /** The end of the whole call; {@code extension} is whom it would be about, null for nobody. */
    List<ScriptedEvent> end(EventName name, @Nullable String extension) {
        return List.copyOf(add(name, extension, Reach.WHOLE_CALL_END).events);
    }

    /** No end at all. */
    List<ScriptedEvent> breakOff() {
        return List.copyOf(events);
    }

    @CanIgnoreReturnValue
    private Timeline add(EventName name, @Nullable String extension, Reach reach) {
        events.add(new ScriptedEvent(now, name, extension, reach, CallScript.guid(random)));
        return this;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
