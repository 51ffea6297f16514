package io.switchboard.projector.projection;

import io.switchboard.call.Call;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Call.Recording;
import io.switchboard.event.Source;
import io.switchboard.projector.projection.Coverage.FirstSeen;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code call}, and the change feed's row for each call that changes. */
final class CallTable {
    private static final int FEWEST_CLIENT_DIGITS = 3;

    private static final List<String> FIELDS = List.of(
            "direction",
            "state",
            "outcome",
            "client_number",
            "client_digits",
            "client_name",
            "business_number",
            "agent_extension",
            "agent_name",
            "started_at",
            "answered_at",
            "ended_at",
            "wait_seconds",
            "talk_seconds",
            "duration_seconds",
            "recording_status",
            "recording_uri",
            "sources",
            "confirmed",
            "last_event_at",
            "version",
            "first_webhook_at",
            "first_poll_at");

    private static final String LOCK = """
            select c.account, c.call_id, c.client_digits, c.business_number, c.direction, c.started_at, c.ended_at, c.state,
                c.first_webhook_at, c.first_poll_at, c.outcome, c.wait_seconds, c.talk_seconds, c.recording_status
            from unnest($1::text[], $2::text[]) as n (account, call_id)
                join call c on c.account = n.account and c.call_id = n.call_id
            order by c.account, c.call_id
            for update of c""";

    private static final String UPSERT = """
            with put as (
                insert into call as c (account, call_id, %1$s)
                select account, call_id, %2$s
                from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                        $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[],
                        $15::float8[], $16::float8[], $17::float8[], $18::text[], $19::text[], $20::text[], $21::bool[],
                        $22::timestamptz[], $23::int[], $24::timestamptz[], $25::timestamptz[])
                    as n (account, call_id, %1$s)
                on conflict (account, call_id) do update set %3$s, updated_at = now()
                where (%4$s) is distinct from (%5$s)
                returning c.account, c.call_id, c.version, xmax = 0 as fresh),
            fed as (
                insert into change_feed (account, topic, key, version)
                select account, 'calls', call_id, version from put)
            select count(*) filter (where fresh), count(*) from put""".formatted(
                    String.join(", ", FIELDS),
                    FIELDS.stream()
                            .map(field -> field.equals("sources") ? "sources::text[]" : field)
                            .collect(Collectors.joining(", ")),
                    each("%1$s = excluded.%1$s"),
                    each("c.%s"),
                    each("excluded.%s"));

    private CallTable() {}

    /** By what a journal entry is joined to a call that it does not name. */
    record Terms(@Nullable String clientDigits, @Nullable String businessNumber, String direction, Instant startedAt) {
        static Terms of(Call call) {
            return new Terms(
                    digits(clientNumber(call)),
                    call.businessNumber(),
                    Call.word(call.direction()),
                    Calendar.micros(call.startedAt()));
        }
    }

    /** What a row says that a batch needs before it writes: what it is joined by, and what it counts in its hours. */
    record Existing(Terms terms, Coverage coverage, ReportedCall reported) {}

    /** Locks the rows that exist, and answers what they say. */
    static Future<Map<CallKey, Existing>> lock(SqlClient client, Collection<CallKey> calls) {
        return client.preparedQuery(LOCK)
                .execute(new Columns<>(List.copyOf(calls))
                        .text(CallKey::account)
                        .text(CallKey::callId)
                        .tuple())
                .map(rows -> {
                    var existing = new HashMap<CallKey, Existing>();
                    rows.forEach(row -> existing.put(
                            new CallKey(row.getString("account"), row.getString("call_id")),
                            new Existing(terms(row), coverage(row), reported(row))));
                    return existing;
                });
    }

    /**
     * Writes what differs, and feeds the changes; answers how many rows are new.
     *
     * @param seen when each door told of each of the calls first
     */
    static Future<Integer> upsert(SqlClient client, List<Call> calls, Map<CallKey, FirstSeen> seen) {
        return client.preparedQuery(UPSERT)
                .execute(new Columns<>(calls)
                        .text(Call::account)
                        .text(Call::id)
                        .text(call -> Call.word(call.direction()))
                        .text(call -> Call.word(call.state()))
                        .text(call -> call.outcome() == null ? null : Call.word(call.outcome()))
                        .text(CallTable::clientNumber)
                        .text(call -> digits(clientNumber(call)))
                        .text(call ->
                                call.client() == null ? null : call.client().name())
                        .text(Call::businessNumber)
                        .text(call -> call.agent() == null ? null : call.agent().extension())
                        .text(call -> call.agent() == null ? null : call.agent().name())
                        .time(Call::startedAt)
                        .time(Call::answeredAt)
                        .time(Call::endedAt)
                        .real(call -> ReportedCall.seconds(call.waitTime()))
                        .real(call -> ReportedCall.seconds(call.talkTime()))
                        .real(call -> ReportedCall.seconds(call.duration()))
                        .text(call -> Call.word(call.recording().status()))
                        .text(call -> call.recording().uri())
                        .text(CallTable::sources)
                        .flag(Call::confirmed)
                        .time(Call::lastEventAt)
                        .integer(Call::version)
                        .time(call -> seen(call, seen).byWebhook())
                        .time(call -> seen(call, seen).byPoll())
                        .tuple())
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private static FirstSeen seen(Call call, Map<CallKey, FirstSeen> seen) {
        return Objects.requireNonNull(seen.get(CallKey.of(call)));
    }

    private static Terms terms(Row row) {
        return new Terms(
                row.getString("client_digits"),
                row.getString("business_number"),
                row.getString("direction"),
                row.getOffsetDateTime("started_at").toInstant());
    }

    private static Coverage coverage(Row row) {
        return Coverage.of(
                row.getString("account"),
                row.getOffsetDateTime("started_at").toInstant(),
                instant(row, "ended_at"),
                !row.getString("state").equals(Call.word(Call.State.ENDED)),
                new FirstSeen(instant(row, "first_webhook_at"), instant(row, "first_poll_at")));
    }

    private static ReportedCall reported(Row row) {
        var outcome = row.getString("outcome");
        return new ReportedCall(
                ReportedCall.place(
                        row.getString("account"),
                        row.getString("business_number"),
                        row.getOffsetDateTime("started_at").toInstant(),
                        row.getString("direction")),
                new ReportedCall.Columns(
                                outcome == null ? null : Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
                                row.getDouble("wait_seconds"),
                                row.getDouble("talk_seconds"),
                                !row.getString("recording_status").equals(Call.word(Recording.Status.NONE)))
                        .tally());
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** The digits of a number; null for names and for what is too short to be searched for. */
    static @Nullable String digits(@Nullable String number) {
        if (number == null) {
            return null;
        }
        var digits = number.replaceAll("[^0-9]", "");
        return digits.length() < FEWEST_CLIENT_DIGITS ? null : digits;
    }

    private static @Nullable String clientNumber(Call call) {
        return call.client() == null ? null : call.client().number();
    }

    private static String sources(Call call) {
        return call.sources().stream().map(Source::word).sorted().collect(Collectors.joining(",", "{", "}"));
    }

    private static String each(String template) {
        return FIELDS.stream().map(template::formatted).collect(Collectors.joining(", "));
    }
}
