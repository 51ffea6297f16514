package io.switchboard.projector.api.query;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which rows of a list beside calls are asked for: all conditions must hold; the values of one are alternatives.
 *
 * @param conditions in a fixed order, so that equal filters are equal
 */
public record RowFilter(List<Condition> conditions) {

    public RowFilter {
        conditions = List.copyOf(conditions);
    }

    /** What must hold of a row. */
    public sealed interface Condition {}

    /** The column is this instant or later. */
    public record From(String column, Instant instant) implements Condition {}

    /** The column is before this instant. */
    public record Until(String column, Instant instant) implements Condition {}

    /** The column is one of these texts. */
    public record AnyOf(String column, Set<String> values) implements Condition {}

    /** The business number is one of these. */
    public record BusinessNumber(Set<PhoneMatch> matches) implements Condition {}

    /** The client's number is one of these. */
    public record ClientNumber(Set<PhoneMatch> matches) implements Condition {}

    /** One of a contact's numbers is one of these. */
    public record ContactPhone(Set<PhoneMatch> matches) implements Condition {}

    /** One of a contact's names, or all of them in a row, begins so; without case. */
    public record ContactName(String beginning) implements Condition {}

    /** Whether the row is deleted. */
    public record Deleted(boolean deleted) implements Condition {}

    /** Whether few rows pass, so that an index of theirs should lead and not that of all rows by time. */
    public boolean isNarrow() {
        return conditions.stream()
                .anyMatch(condition -> condition instanceof ClientNumber
                        || (condition instanceof AnyOf any && any.column().equals("call_id")));
    }
}
