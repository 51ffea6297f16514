package io.switchboard.call;

import io.switchboard.call.Disagreement.Field;
import java.util.Set;

/**
 * What one event did to its call.
 *
 * @param sets the fields of the call, by their API names, whose present value comes from this event; in alphabetical order
 * @param afterEnd whether it is stamped later than the call's final end and so changed nothing
 * @param disagrees the fields of which this record says something else than the webhook events, whoever won
 */
public record EventEffect(Set<String> sets, boolean afterEnd, Set<Field> disagrees) {

    /** The effect of an event that disagrees with none. */
    public EventEffect(Set<String> sets, boolean afterEnd) {
        this(sets, afterEnd, Set.of());
    }
}
