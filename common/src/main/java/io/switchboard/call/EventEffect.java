package io.switchboard.call;

import java.util.Set;

/**
 * What one event did to its call.
 *
 * @param sets the fields of the call, by their API names, whose present value comes from this event; in alphabetical order
 * @param afterEnd whether it is stamped later than the call's final end and so changed nothing
 */
public record EventEffect(Set<String> sets, boolean afterEnd) {}
