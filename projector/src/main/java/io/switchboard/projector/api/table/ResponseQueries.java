package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.RangeQuestion;
import io.switchboard.projector.report.Responses;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.stream.Collectors;

/**
 * Reads how soon voicemails and messages were responded to. Of a report's call filters only those on numbers mean something
 * here: the business number and the client.
 */
public final class ResponseQueries {
    private static final String VOICEMAILS = """
            select count(*) as received, count(*) filter (where v.client_digits is null) as without_number, %s
            from (
              select v.client_digits, (extract(epoch from r.started_at - v.created_at) * 1e6)::bigint as after
              from %s a cross join lateral (
                select * from voicemail v
                where v.account = a.account and v.created_at >= %s and v.created_at < %s %s) v
              left join lateral (%s) r on true) v
            """;

    // What could not be delivered is no response, and does not end a run.
    private static final String COUNTS =
            "m.type = 'message' and (m.direction = 'inbound' or m.direction = 'outbound' and m.delivery_status is distinct from 'not_sent')";

    private static final String SAME = """
            m.account = v.account and reverse(m.client_digits) = reverse(v.client_digits)
            and m.business_number is not distinct from v.business_number and\s""" + COUNTS;

    // The added nothing: see ClientNumber.
    private static final String MESSAGES = """
            select count(*) as received, count(*) filter (where v.client_digits is null) as without_number, %s
            from (
              select v.client_digits, (extract(epoch from r.created_at - v.created_at) * 1e6)::bigint as after
              from %s a cross join lateral (
                select * from journal_entry v
                where v.account = a.account and v.type = 'message' and v.direction = 'inbound'
                  and v.created_at >= %s and v.created_at < %s %s) v
              left join lateral (
                select m.direction from journal_entry m
                where %s and (m.created_at, m.entry_id) < (v.created_at, v.entry_id)
                order by m.created_at + interval '0' desc, m.entry_id desc limit 1) p on true
              left join lateral (
                select m.created_at from journal_entry m
                where %s and m.direction = 'outbound' and (m.created_at, m.entry_id) > (v.created_at, v.entry_id)
                order by m.created_at + interval '0', m.entry_id limit 1) r on true
              where p.direction is distinct from 'inbound') v
            """;

    /** From each voicemail to the first call to whoever left it. */
    public Future<Responses> voicemails(SqlConnection connection, RangeQuestion question) {
        var statement = new Statement();
        var response = ClientNumber.firstCall(
                "v", "r.started_at", "r.direction in ('outbound', 'callback') and r.started_at >= v.created_at");
        return statement
                .append(VOICEMAILS.formatted(
                        SpreadColumns.of("after", "response"),
                        accounts(statement, question, "voicemail"),
                        statement.bind(question.range().start()),
                        statement.bind(question.range().end()),
                        numbers(statement, question),
                        response))
                .run(connection)
                .map(ResponseQueries::read);
    }

    /** From the first of a run of messages of a client to one business number to the first message back. */
    public Future<Responses> messages(SqlConnection connection, RangeQuestion question) {
        var statement = new Statement();
        return statement
                .append(MESSAGES.formatted(
                        SpreadColumns.of("after", "response"),
                        accounts(statement, question, "journal_entry"),
                        statement.bind(question.range().start()),
                        statement.bind(question.range().end()),
                        numbers(statement, question),
                        SAME,
                        SAME))
                .run(connection)
                .map(ResponseQueries::read);
    }

    private static String accounts(Statement statement, RangeQuestion question, String table) {
        return "(" + CallQueries.accounts(statement, question.account(), table) + ")";
    }

    private static String numbers(Statement statement, RangeQuestion question) {
        var sql = new StringBuilder();
        if (!question.calls().numbers().isEmpty()) {
            sql.append(question.calls().numbers().stream()
                    .map(match -> CallSelect.businessNumber(statement, "v.business_number", match))
                    .collect(Collectors.joining(" or ", " and (", ")")));
        }
        if (!question.calls().clients().isEmpty()) {
            sql.append(question.calls().clients().stream()
                    .map(match -> CallSelect.digits(statement, "v.client_digits", match))
                    .collect(Collectors.joining(" or ", " and (", ")")));
        }
        return sql.toString();
    }

    private static Responses read(RowSet<Row> rows) {
        var row = rows.iterator().next();
        return new Responses(
                row.getLong("received"), row.getLong("without_number"), SpreadColumns.read(row, "response"));
    }
}
