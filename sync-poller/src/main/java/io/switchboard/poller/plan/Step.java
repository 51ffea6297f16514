package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One step of the plan.
 *
 * @param state to be saved before the command is performed
 * @param completedListing the resource whose complete listing has just ended, page by page without a gap: only now may what
 *     was not in it be taken as deleted; null otherwise
 */
public record Step(
        AccountState state, Command command, @Nullable Resource completedListing) {}
