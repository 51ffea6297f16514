package io.switchboard.projector.projection;

import io.switchboard.event.EventId;
import io.switchboard.resource.AgentStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Table {@code agent_status_seen}: every status that was seen, where {@code agent_status} has the latest alone. */
final class AgentStatusSeenTable {
    private static final String INSERT = """
            insert into agent_status_seen (account, extension, seen_at, seen_event, status)
            select distinct * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::uuid[], $5::text[])
                as n (account, extension, seen_at, seen_event, status)
            order by account, extension, seen_at, seen_event
            on conflict do nothing
            returning seen_event""";

    private AgentStatusSeenTable() {}

    /** Writes what is not there; answers the events that were new. */
    static Future<Set<EventId>> insert(SqlClient client, List<LatestRow<AgentStatus>> seen) {
        return client.preparedQuery(INSERT)
                .execute(new Columns<>(seen)
                        .text(row -> row.key().getFirst())
                        .text(row -> row.key().getLast())
                        .time(row -> stamp(row).at())
                        .uuid(row -> stamp(row).event().toUuid())
                        .text(AgentStatusSeenTable::status)
                        .tuple())
                .map(written -> {
                    var events = new HashSet<EventId>();
                    written.forEach(row -> events.add(EventId.of(row.getUUID(0))));
                    return events;
                });
    }

    private static Stamp stamp(LatestRow<AgentStatus> row) {
        return Objects.requireNonNull(row.saidAt());
    }

    private static @Nullable String status(LatestRow<AgentStatus> row) {
        return Objects.requireNonNull(row.said()).status();
    }
}
