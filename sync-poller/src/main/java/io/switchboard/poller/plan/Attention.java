package io.switchboard.poller.plan;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the calls known so far ask of the plan.
 *
 * @param active whether calls are under way, or were a short while ago
 * @param oldestUnsettled start of the oldest call whose record or recording is still awaited; null when there is none
 * @param askFor ids of calls that no window will bring any more, oldest first: ask for each by itself
 * @param extensions everyone who took part in a call or stands in the journal
 */
public record Attention(
        boolean active, @Nullable Instant oldestUnsettled, List<String> askFor, SortedSet<String> extensions) {

    public static final Attention NONE = new Attention(false, null, List.of(), new TreeSet<>());

    public Attention {
        askFor = List.copyOf(askFor);
    }
}
