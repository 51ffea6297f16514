package io.switchboard.projector.projection;

import io.switchboard.call.CallEvent;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.projector.projection.Item.Fact;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code call_event}: each fact once. Of several deliveries the earliest gives the row its content and its place in
 * the log, whichever is applied first.
 */
public final class CallEventTable {
    /** The columns that {@link #event} reads, in its order, for any query of this table. */
    public static final String EVENT_COLUMNS = """
            e.account, e.event_id, e.call_id, e.source, e.type, e.provider_time, e.provider_time_rest, e.received_at, \
            e.extension, e.from_party, e.to_party, e.record::text""";

    private static final List<String> CONTENT = List.of(
            "call_id",
            "source",
            "type",
            "provider_time",
            "provider_time_rest",
            "received_at",
            "extension",
            "from_party",
            "to_party",
            "record",
            "trace_parent",
            "topic",
            "partition",
            "kafka_offset",
            "replicated_at");

    private static final String EARLIER = """
            (excluded.received_at, excluded.topic, excluded.partition, excluded.kafka_offset) \
            < (e.received_at, e.topic, e.partition, e.kafka_offset)""";

    // A duplicate that brings nothing new touches no row.
    private static final String INSERT = """
            with put as (
                insert into call_event as e (account, event_id, call_id, source, type, provider_time, provider_time_rest,
                    received_at, extension, from_party, to_party, record, trace_parent, topic, partition, kafka_offset,
                    replicated_at, delivery_times)
                select account, event_id, call_id, source, type, provider_time, provider_time_rest, received_at, extension,
                    from_party, to_party, record::jsonb, trace_parent, topic, partition, kafka_offset, replicated_at,
                    delivery_times::timestamptz[]
                from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::int[],
                        $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
                        $15::int[], $16::bigint[], $17::timestamptz[], $18::text[])
                    as n (account, event_id, call_id, source, type, provider_time, provider_time_rest, received_at,
                        extension, from_party, to_party, record, trace_parent, topic, partition, kafka_offset,
                        replicated_at, delivery_times)
                on conflict (event_id, account) do update set %s, %s
                where %s or not (%s <@ %s)
                returning e.event_id, xmax = 0 as fresh)
            select coalesce(array_agg(event_id) filter (where fresh), '{}'), count(*) from put""".formatted(
                    CONTENT.stream()
                            .map(column -> "%1$s = case when %2$s then excluded.%1$s else e.%1$s end"
                                    .formatted(column, EARLIER))
                            .collect(Collectors.joining(",\n    ")),
                    DeliveryTimes.MERGE,
                    EARLIER,
                    DeliveryTimes.NEW,
                    DeliveryTimes.OLD);

    private static final String COUNT = """
            select n.account, n.call_id, e.events
            from unnest($1::text[], $2::text[]) as n (account, call_id)
                cross join lateral (
                    select count(*) as events
                    from (select 1 from call_event e where e.account = n.account and e.call_id = n.call_id limit %d) e) e
            where e.events > 0""".formatted(BatchTransaction.MOST_EVENTS_OF_A_CALL);

    private static final String LOAD = """
            select %s
            from unnest($1::text[], $2::text[]) as n (account, call_id)
                join call_event e on e.account = n.account and e.call_id = n.call_id""".formatted(EVENT_COLUMNS);

    private CallEventTable() {}

    /** Stores events; answers those that were not known. */
    static Future<Set<EventId>> insert(SqlClient client, List<Delivered<Fact>> events) {
        return client.preparedQuery(INSERT)
                .execute(new Columns<>(events)
                        .text(row -> event(row).account())
                        .uuid(row -> event(row).id().toUuid())
                        .text(row -> event(row).callId())
                        .text(row -> event(row).source().word())
                        .text(row -> event(row).type())
                        .time(row -> event(row).providerTime())
                        .integer(row -> rest(event(row).providerTime()))
                        .time(row -> event(row).receivedAt())
                        .text(row -> event(row).extension())
                        .text(row -> event(row).from())
                        .text(row -> event(row).to())
                        .text(row -> record(event(row)))
                        .text(row -> row.first().traceparent())
                        .text(row -> row.first().record().topic())
                        .integer(row -> row.first().record().partition())
                        .number(row -> row.first().record().offset())
                        .time(row -> row.first().appendedAt())
                        .text(Delivered::timesArray)
                        .tuple())
                .map(CallEventTable::fresh);
    }

    /** How many events are known of each of the given calls, no further than matters; calls without any are left out. */
    static Future<Map<CallKey, Integer>> count(SqlClient client, Collection<CallKey> calls) {
        return client.preparedQuery(COUNT)
                .execute(new Columns<>(List.copyOf(calls))
                        .text(CallKey::account)
                        .text(CallKey::callId)
                        .tuple())
                .map(rows -> {
                    var counts = new HashMap<CallKey, Integer>();
                    rows.forEach(row -> counts.put(new CallKey(row.getString(0), row.getString(1)), row.getInteger(2)));
                    return counts;
                });
    }

    /** All events of the given calls. */
    static Future<List<CallEvent>> load(SqlClient client, Collection<CallKey> calls) {
        return client.preparedQuery(LOAD)
                .execute(new Columns<>(List.copyOf(calls))
                        .text(CallKey::account)
                        .text(CallKey::callId)
                        .tuple())
                .map(CallEventTable::events);
    }

    /** The event of a row that starts with {@link #EVENT_COLUMNS}. */
    public static CallEvent event(Row row) {
        var record = row.getString(11);
        var providerTime = row.getOffsetDateTime(5);
        return new CallEvent(
                EventId.of(row.getUUID(1)),
                row.getString(0),
                row.getString(2),
                Source.ofWord(row.getString(3)).orElseThrow(),
                row.getString(4),
                providerTime == null ? null : instant(providerTime).plusNanos(row.getShort(6)),
                instant(row.getOffsetDateTime(7)),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                record == null ? null : CallRecordCodec.decode(record));
    }

    private static CallEvent event(Delivered<Fact> row) {
        return row.first().event();
    }

    private static int rest(@Nullable Instant time) {
        return time == null ? 0 : time.getNano() % 1_000;
    }

    private static @Nullable String record(CallEvent event) {
        var record = event.record();
        return record == null ? null : CallRecordCodec.encode(record);
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }

    private static Set<EventId> fresh(RowSet<Row> rows) {
        var ids = Objects.requireNonNull(rows.iterator().next().getArrayOfUUIDs(0));
        return Stream.of(ids).map(EventId::of).collect(Collectors.toCollection(HashSet::new));
    }

    private static List<CallEvent> events(RowSet<Row> rows) {
        var events = new ArrayList<CallEvent>(rows.size());
        rows.forEach(row -> events.add(event(row)));
        return events;
    }
}
