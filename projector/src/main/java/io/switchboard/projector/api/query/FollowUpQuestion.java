package io.switchboard.projector.api.query;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of lost calls, and who still waits.
 *
 * @param window how soon a response has to come, from the end of the lost call
 * @param after the caller before the first one wanted, by the start of their first lost call; null for the beginning
 * @param count the most callers
 */
public record FollowUpQuestion(
        RangeQuestion calls, Duration window, @Nullable Cursor after, int count) {}
