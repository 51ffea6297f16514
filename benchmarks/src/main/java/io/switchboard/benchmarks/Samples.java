package io.switchboard.benchmarks;

import io.switchboard.projector.api.table.CallKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What questions are asked about: calls that exist, taken evenly from the whole history.
 *
 * @param now the clock of the questions: just after the newest call
 */
record Samples(List<Sample> calls, Instant now) {
    Samples {
        calls = List.copyOf(calls);
    }

    /** A call. */
    record Sample(
            CallKey key,
            @Nullable String client,
            @Nullable String number,
            @Nullable String extension) {}

    static Samples of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            var calls = new ArrayList<Sample>();
            try (var rows = statement.executeQuery("""
                    select account, call_id, started_at, client_number, business_number, agent_extension
                    from call tablesample bernoulli (0.05) repeatable (1) limit 2000
                    """)) {
                while (rows.next()) {
                    calls.add(new Sample(
                            new CallKey(
                                    rows.getObject("started_at", OffsetDateTime.class)
                                            .toInstant(),
                                    rows.getString("call_id"),
                                    rows.getString("account")),
                            rows.getString("client_number"),
                            rows.getString("business_number"),
                            rows.getString("agent_extension")));
                }
            }
            try (var rows = statement.executeQuery("select max(started_at) + interval '1 minute' from call")) {
                var now = rows.next() ? rows.getObject(1, OffsetDateTime.class).toInstant() : Instant.EPOCH;
                return new Samples(calls, now);
            }
        }
    }

    Sample get(int round) {
        return calls.get((int) (round * 7919L % calls.size()));
    }
}
