package io.switchboard.projector.api.query;

import java.util.Set;
import java.util.TreeSet;

/**
 * Which dead letters a list is about; empty sets ask for nothing in particular.
 *
 * @param reasons why the projector refused them
 * @param topics where they were read: full names, or names after the prefix
 */
public record DeadLetterFilter(Set<String> reasons, Set<String> topics) {

    public static DeadLetterFilter of(QueryParameters parameters) {
        return new DeadLetterFilter(new TreeSet<>(parameters.all("reason")), new TreeSet<>(parameters.all("topic")));
    }
}
