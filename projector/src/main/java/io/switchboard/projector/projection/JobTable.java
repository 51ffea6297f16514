package io.switchboard.projector.projection;

import io.switchboard.sync.Job;
import io.switchboard.sync.SyncJson;
import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code job}: a row changes only to a higher revision, whoever writes and in whatever order. */
final class JobTable {
    private static final List<String> FIELDS = List.of(
            "kind",
            "command",
            "status",
            "resources",
            "range_from",
            "range_to",
            "requested_by",
            "requested_at",
            "started_at",
            "finished_at",
            "price_requests",
            "spent_requests",
            "steps_done",
            "steps_total",
            "read_records",
            "published",
            "error",
            "detail",
            "revision");

    private static final String UPSERT = """
            insert into job as j (account, id, %1$s)
            select account, id, %2$s
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
                    $8::timestamptz[], $9::text[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::int[],
                    $14::int[], $15::int[], $16::int[], $17::text[], $18::bigint[], $19::text[], $20::text[], $21::int[])
                as n (account, id, %1$s)
            order by account, id
            on conflict (account, id) do update set %3$s
            where excluded.revision > j.revision""".formatted(
                    String.join(", ", FIELDS),
                    FIELDS.stream().map(JobTable::typed).collect(Collectors.joining(", ")),
                    FIELDS.stream().map(field -> field + " = excluded." + field).collect(Collectors.joining(", ")));

    private JobTable() {}

    static Future<Integer> upsert(SqlClient client, List<Job> jobs) {
        return client.preparedQuery(UPSERT)
                .execute(new Columns<>(jobs)
                        .text(job -> PlainText.of(job.account()))
                        .text(job -> PlainText.of(job.id()))
                        .text(job -> word(job.kind()))
                        .text(job -> PlainText.ofNullable(job.command()))
                        .text(job -> word(job.status()))
                        .text(JobTable::resources)
                        .time(Job::from)
                        .time(Job::to)
                        .text(job -> PlainText.of(job.requestedBy()))
                        .time(Job::requestedAt)
                        .time(Job::startedAt)
                        .time(Job::finishedAt)
                        .integer(Job::priceRequests)
                        .integer(Job::spentRequests)
                        .integer(Job::stepsDone)
                        .integer(Job::stepsTotal)
                        .text(job -> new String(SyncJson.write(job.read()), StandardCharsets.UTF_8))
                        .number(Job::published)
                        .text(job -> PlainText.ofNullable(job.error()))
                        .text(job -> PlainText.ofNullable(job.detail()))
                        .integer(Job::revision)
                        .tuple())
                .map(RowSet::rowCount);
    }

    private static String typed(String field) {
        return switch (field) {
            case "resources" -> "resources::text[]";
            case "read_records" -> "read_records::jsonb";
            default -> field;
        };
    }

    /** As a Postgres array: every element quoted. */
    private static @Nullable String resources(Job job) {
        return job.resources().stream()
                .map(word -> '"' + PlainText.of(word).replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
