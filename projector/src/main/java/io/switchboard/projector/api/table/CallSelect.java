package io.switchboard.projector.api.table;

import io.switchboard.call.Call;
import io.switchboard.event.Source;
import io.switchboard.projector.api.query.CallFilter;
import io.switchboard.projector.api.query.PhoneMatch;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parts of statements over {@code call c}. What the clock decides (a silent open call reads {@code unknown}) is
 * written once, here: lists, filters and single calls all use these expressions, so they cannot disagree.
 */
final class CallSelect {
    private static final Duration PROVISIONAL = Duration.ofHours(24);

    private final Statement statement;
    private final String state;
    private final String outcome;
    private final String provisional;

    /**
     * @param now the server's clock
     * @param openCallTimeout the silence after which an open call is unknown
     */
    CallSelect(Statement statement, Instant now, Duration openCallTimeout) {
        this.statement = statement;
        var silent = "(c.state <> 'ended' and c.last_event_at <= " + statement.bind(now.minus(openCallTimeout))
                + "::timestamptz)";
        this.state = "case when " + silent + " then 'unknown' else c.state end";
        this.outcome = "case when " + silent + " then 'unknown' else c.outcome end";
        this.provisional = "not c.confirmed and coalesce(c.ended_at > " + statement.bind(now.minus(PROVISIONAL))
                + "::timestamptz, true)";
    }

    private CallSelect(Statement statement) {
        this.statement = statement;
        this.state = "c.state";
        this.outcome = "c.outcome";
        this.provisional = "not c.confirmed";
    }

    /** Without a clock, as reports read calls: one that is not over is open, however long ago it began. */
    static CallSelect timeless(Statement statement) {
        return new CallSelect(statement);
    }

    /** The columns of a call as it reads now; no address of a recording among them. */
    String columns() {
        return """
                c.account, c.call_id, c.direction, %s as state, %s as outcome, c.client_number, c.client_name,
                c.business_number, c.agent_extension, c.agent_name, c.started_at, c.answered_at, c.ended_at,
                c.wait_seconds, c.talk_seconds, c.duration_seconds, c.recording_status, c.sources, c.confirmed,
                c.last_event_at, c.version, %s as provisional
                """.formatted(state, outcome, provisional);
    }

    /** Adds the legs of each call of {@code page} as parallel arrays: one statement, so one snapshot. */
    static String withLegs(String page) {
        return """
                select p.*, l.* from (%s) p left join lateral (
                  select array_agg(extension order by position) as leg_extension,
                         array_agg(ringing_at order by position) as leg_ringing_at,
                         array_agg(connected_at order by position) as leg_connected_at,
                         array_agg(ended_at order by position) as leg_ended_at,
                         array_agg(result order by position) as leg_result
                  from call_leg where account = p.account and call_id = p.call_id) l on true
                """.formatted(page);
    }

    /** The conditions of a filter on the call itself; those on its extension are the statement's own affair. */
    String conditions(CallFilter filter) {
        var sql = new StringBuilder();
        Optional.ofNullable(filter.startedAfter()).ifPresent(from -> and(sql, "c.started_at >= ", from));
        Optional.ofNullable(filter.startedBefore()).ifPresent(to -> and(sql, "c.started_at < ", to));
        anyOf(sql, "c.direction", words(filter.directions()));
        anyOf(sql, state, words(filter.states()));
        anyOf(sql, outcome, words(filter.outcomes()));
        sql.append(numbers(statement, "c.business_number", filter));
        matches(sql, filter.clients(), match -> digits(statement, "c.client_digits", match));
        Optional.ofNullable(filter.minTalkSeconds())
                .map(BigDecimal::doubleValue)
                .ifPresent(seconds -> and(sql, "c.talk_seconds >= ", seconds));
        Optional.ofNullable(filter.hasRecording())
                .ifPresent(has -> sql.append(" and c.recording_status ")
                        .append(has ? "<>" : "=")
                        .append(" 'none'"));
        if (!filter.sources().isEmpty()) {
            var sources = filter.sources().stream().map(Source::word).toArray(String[]::new);
            sql.append(" and c.sources && ").append(statement.bind(sources)).append("::text[]");
        }
        return sql.toString();
    }

    private void and(StringBuilder sql, String comparison, Object value) {
        sql.append(" and ").append(comparison).append(statement.bind(value));
    }

    private void anyOf(StringBuilder sql, String expression, String[] words) {
        if (words.length > 0) {
            sql.append(" and ")
                    .append(expression)
                    .append(" = any(")
                    .append(statement.bind(words))
                    .append("::text[])");
        }
    }

    /** The condition that a column of business numbers holds one of those looked for; nothing where none is. */
    static String numbers(Statement statement, String column, CallFilter filter) {
        var sql = new StringBuilder();
        matches(sql, filter.numbers(), match -> businessNumber(statement, column, match));
        return sql.toString();
    }

    private static void matches(StringBuilder sql, Set<PhoneMatch> wanted, Function<PhoneMatch, String> comparison) {
        if (!wanted.isEmpty()) {
            sql.append(wanted.stream().map(comparison).collect(Collectors.joining(" or ", " and (", ")")));
        }
    }

    /** The condition that a column of business numbers holds the one that is looked for. */
    static String businessNumber(Statement statement, String column, PhoneMatch match) {
        var digits = "ltrim(" + column + ", '+')";
        var ending = match.whole()
                ? digits
                : "right(" + digits + ", " + match.digits().length() + ")";
        return ending + " = " + statement.bind(match.digits());
    }

    // The index holds the reversed digits, so that an ending is a range: from the digits to just above their last one.
    static String digits(Statement statement, String column, PhoneMatch match) {
        var reversed = new StringBuilder(match.digits()).reverse().toString();
        if (match.whole()) {
            return "reverse(" + column + ") = " + statement.bind(reversed);
        }
        return "(reverse(" + column + ") ~>=~ " + statement.bind(reversed) + " and reverse(" + column + ") ~<~ "
                + statement.bind(reversed + ":") + ")"; // ':' follows '9'
    }

    private static String[] words(Collection<? extends Enum<?>> values) {
        return values.stream().map(Call::word).toArray(String[]::new);
    }
}
