package io.switchboard.projector.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.projector.projection.Item.Refused;
import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table {@code dead_letter}: one row for each refused place in the log. */
final class DeadLetterTable {
    private static final int LONGEST_TEXT = 200;

    private static final String INSERT = """
            insert into dead_letter
                (account, topic, partition, kafka_offset, record_key, event_id, event_type, reason, detail, received_at)
            select * from unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::text[], $6::uuid[], $7::text[],
                $8::text[], $9::text[], $10::timestamptz[])
            on conflict (topic, partition, kafka_offset) do nothing""";

    private DeadLetterTable() {}

    static Future<Integer> insert(SqlClient client, List<Refused> refusals) {
        return client.preparedQuery(INSERT)
                .execute(new Columns<>(refusals)
                        .text(refused -> start(refused.account()))
                        .text(refused -> refused.record().topic())
                        .integer(refused -> refused.record().partition())
                        .number(refused -> refused.record().offset())
                        .text(refused -> key(refused.record().key()))
                        .uuid(refused ->
                                refused.id() == null ? null : refused.id().toUuid())
                        .text(refused -> start(refused.type()))
                        .text(refused -> refused.reason().word())
                        .text(refused -> PlainText.start(refused.detail(), LONGEST_TEXT))
                        .time(Refused::receivedAt)
                        .tuple())
                .map(RowSet::rowCount);
    }

    private static @Nullable String key(byte @Nullable [] key) {
        return key == null ? null : start(new String(key, UTF_8));
    }

    private static @Nullable String start(@Nullable String text) {
        return text == null ? null : PlainText.start(text, LONGEST_TEXT);
    }
}
