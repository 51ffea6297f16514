package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.RangeQuestion;
import java.time.Duration;

/** The parts of statements about the calls of a range, each account read from the index {@code call_newest_first}. */
final class RangeSelect {
    /** A call that began longer ago than this before a range is not looked for in it. */
    static final Duration LONGEST_CALL = Duration.ofHours(24);

    private final Statement statement;
    private final RangeQuestion question;
    private final Duration openCallTimeout;

    RangeSelect(Statement statement, RangeQuestion question, Duration openCallTimeout) {
        this.statement = statement;
        this.question = question;
        this.openCallTimeout = openCallTimeout;
    }

    /** Where the range begins, bound. */
    String from() {
        return statement.bind(question.range().start()) + "::timestamptz";
    }

    /** Where the range ends, bound. */
    String to() {
        return statement.bind(question.range().end()) + "::timestamptz";
    }

    /** The accounts that may be read, as a table with one column. */
    String accounts(String table) {
        return "(" + CallQueries.accounts(statement, question.account(), table) + ")";
    }

    /** The calls {@code c} that began in the range and pass the filter. */
    String calls(String condition) {
        return calls(condition, from());
    }

    /** The calls {@code c} that may have lasted into the range: they began within a day before it, or in it. */
    String callsReachingIn(String condition) {
        return calls(condition, statement.bind(question.range().start().minus(LONGEST_CALL)) + "::timestamptz");
    }

    // "offset 0" keeps the planner from joining all calls with the accounts first.
    private String calls(String condition, String from) {
        return """
                %s a cross join lateral (
                  select c.* from call c
                  where c.account = a.account and c.started_at >= %s and c.started_at < %s and %s %s
                  offset 0) c
                """.formatted(accounts("call"), from, to(), condition, filter());
    }

    /**
     * When a call {@code c}, or a part of it, was over: its end, the clock's time while it goes on, and the last that was
     * heard of a call that fell silent.
     *
     * @param end the end of the part, where it is known
     */
    String endOf(String end) {
        return "coalesce(%s, c.ended_at, case when c.last_event_at > %s::timestamptz then %s::timestamptz else c.last_event_at end)"
                .formatted(end, statement.bind(question.now().minus(openCallTimeout)), statement.bind(question.now()));
    }

    /** Every extension that had a leg, found by hopping along the index {@code call_leg_by_extension}. */
    String extensionsWithLegs() {
        var account = question.account();
        var own = account == null ? "true" : "account = " + statement.bind(account);
        var wanted = question.calls().extensions();
        var chosen = wanted.isEmpty()
                ? ""
                : " where extension = any(" + statement.bind(wanted.toArray(String[]::new)) + "::text[])";
        return """
                (with recursive reach(account, extension) as (
                  (select account, extension from call_leg where %1$s order by account, extension limit 1)
                  union all
                  select n.account, n.extension from reach r cross join lateral (
                    select account, extension from call_leg
                    where %1$s and (account, extension) > (r.account, r.extension)
                    order by account, extension limit 1) n)
                select account, extension from reach%2$s)
                """.formatted(own, chosen);
    }

    /** The filter's conditions on a call {@code c}. */
    String filter() {
        var wanted = question.calls().extensions();
        var legs = wanted.isEmpty()
                ? ""
                : " and exists (select from call_leg where account = c.account and call_id = c.call_id and extension = any("
                        + statement.bind(wanted.toArray(String[]::new)) + "::text[]))";
        return CallSelect.timeless(statement).conditions(question.calls()) + legs;
    }
}
