package io.switchboard.projector.repair;

import io.switchboard.event.Topic;
import io.switchboard.projector.projection.Batch;
import io.switchboard.projector.projection.CallKey;
import io.switchboard.projector.projection.PostgresProjectionStore;
import io.switchboard.projector.projection.ProjectedTable;
import io.switchboard.projector.projection.RecordStream.Held;
import io.switchboard.projector.repair.RebuildOrder.From;
import io.switchboard.projector.repair.ShadowComparison.Difference;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Builds all projected tables again beside the live ones, compares them, and exchanges them, while live projection and queries
 * go on.
 *
 * <p><b>Beside.</b> Statements of the projection name no schema. So the same transaction that writes the live tables writes
 * those in the schema {@value ShadowSchema#SHADOW}, on a connection whose {@code search_path} begins there: there is one
 * projection, not two that should agree. What the log cannot tell again is copied first, in one snapshot ({@link ShadowSeed});
 * what follows from events is folded; the rest is read from the log ({@link CatchUp}).
 *
 * <p><b>Meeting.</b> The live tables move on meanwhile, and the rebuilt ones follow until little is between them. Then {@link
 * io.switchboard.projector.projection.SwapLock} is taken alone: batches of all projectors wait, the positions stand still, and
 * the last records are applied beside. From here on both sides stand at exactly the same positions, so every difference between
 * them is one of the projection. Comparing needs that moment only to take a snapshot in; it reads at leisure afterwards. The
 * exchange happens within it, on the connection that holds the lock: should this process die, the lock goes with its
 * connection, nothing was exchanged, and the waiting batches go on.
 *
 * <p><b>After.</b> Positions are not touched: a batch that waited finds its compare-and-set true, and its statements find the
 * new tables under the old names. The tables that were live are dropped at once: a copy that is kept would keep what somebody
 * asks to be forgotten. A rebuild does not survive its projector: it ends as failed, what it built is dropped, and nothing was
 * changed.
 */
final class Rebuild {
    static final String SWAPPED = "swapped";

    private static final int CALLS_OF_A_BATCH = 1_000;
    private static final long NEAR = 2_000;
    private static final long TOO_FAR = 20_000;
    private static final int MOST_MEETINGS = 50;
    private static final int MOST_SWAPS = 300;
    private static final long MOST_FED = 100_000;
    private static final Duration STEP_BACK = Duration.ofSeconds(1);

    private static final String CALLS = """
            select distinct account, call_id from %s.call_event where (account, call_id) > ($1, $2)
            order by account, call_id limit %d""".formatted(ShadowSchema.SHADOW, CALLS_OF_A_BATCH);

    private static final String POSITIONS = "select topic, partition, next_offset from projection_position";
    private static final String MIGRATIONS = "select count(*) from flyway_schema_history";

    private static final String FEED = """
            insert into change_feed (account, topic, key, version)
            select account, 'calls', call_id, n.version from call n left join %s.call o using (account, call_id)
            where (to_jsonb(o) - 'updated_at') is distinct from (to_jsonb(n) - 'updated_at')""".formatted(ShadowSchema.REPLACED);

    private final RebuildTools tools;
    private final RepairRun run;
    private final RebuildOrder order;
    private final SqlConnection connection;
    private final ShadowSchema schema;
    private final JsonObject report;
    private final long begun = System.nanoTime();

    private Rebuild(RebuildTools tools, SqlConnection connection) {
        this.tools = tools;
        this.run = tools.run();
        this.order = RebuildOrder.of(run.work());
        this.connection = connection;
        this.schema = new ShadowSchema(connection);
        this.report = order.json().put(SWAPPED, false);
    }

    /** Does all of it; whatever happens, nothing stays beside the live tables. */
    static void run(RebuildTools tools) {
        var connection = tools.connect();
        try {
            var rebuild = new Rebuild(tools, connection);
            rebuild.run.report(rebuild.report);
            rebuild.build();
        } finally {
            var unused = connection.close();
            forget(tools);
        }
    }

    /** Drops what a rebuild left. */
    static void forget(RebuildTools tools) {
        var connection = tools.connect();
        try {
            new ShadowSchema(connection).drop();
        } finally {
            var unused = connection.close();
        }
    }

    private void build() {
        run.say("Making empty tables beside the live ones.");
        schema.create();
        var migrations = count(MIGRATIONS);
        var held = tools.log().held(tools.partitions());
        var next = seed(held);
        var live = schemaName();
        var store = PostgresProjectionStore.ofSchema(
                tools.vertx(),
                tools.database(),
                tools.metrics(),
                ShadowSchema.SHADOW + ", " + ShadowSchema.quoted(live));
        try {
            var reapplication = new Reapplication(store, run);
            fold(reapplication);
            var catchUp = new CatchUp(tools, reapplication, held, next);
            run.steps(0, catchUp.distance(positions(schema)));
            run.say("Applying the log.");
            approach(catchUp);
            new ShadowSeed(schema).settle();
            schema.analyze();
            var differing = compare(catchUp);
            rate();
            if (!order.compareOnly()) {
                swap(catchUp, migrations, held, live);
                settleFeed(differing);
            }
            run.say(order.compareOnly() ? "Compared; nothing was changed." : "Compared and exchanged.");
        } finally {
            store.close();
        }
    }

    /** Copies what the log will not tell; answers where the log begins to. */
    private Map<TopicPartition, Long> seed(Map<TopicPartition, Held> held) {
        run.say("Copying what the log does not tell again.");
        var next = new HashMap<TopicPartition, Long>();
        schema.run("begin isolation level repeatable read");
        var positions = positions(schema);
        var seed = new ShadowSeed(schema);
        if (order.from() == From.EVENTS) {
            seed.fromEvents();
            held.forEach((partition, range) ->
                    next.put(partition, Math.min(range.end(), positions.getOrDefault(partition, range.beginning()))));
        } else {
            var forgetful = RebuildTools.TOPICS.stream()
                    .filter(topic -> topic.cleanup() == Topic.Cleanup.COMPACT || hasForgotten(topic, held))
                    .collect(Collectors.toSet());
            seed.fromTopics(held, forgetful);
            held.forEach((partition, range) -> next.put(partition, range.beginning()));
        }
        schema.run("commit");
        return next;
    }

    private boolean hasForgotten(Topic topic, Map<TopicPartition, Held> held) {
        var name = tools.kafka().name(topic);
        return held.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().topic().equals(name) && entry.getValue().beginning() > 0);
    }

    /** Makes the rows of all calls whose events were copied. */
    private void fold(Reapplication reapplication) {
        run.say("Folding calls.");
        var after = new CallKey("", "");
        while (true) {
            var calls = new ArrayList<CallKey>();
            schema.ask(CALLS, Tuple.of(after.account(), after.callId()))
                    .forEach(row -> calls.add(new CallKey(row.getString(0), row.getString(1))));
            if (calls.isEmpty()) {
                break;
            }
            var outcome = reapplication.apply(Batch.refold(calls));
            if (outcome.unfolded() > 0) {
                throw RepairStop.failed("fold-failed", outcome.unfolded() + " calls cannot be folded.");
            }
            run.count("folded", calls.size());
            after = calls.getLast();
        }
    }

    /** Follows the live tables until little is between. */
    private void approach(CatchUp catchUp) {
        for (var turn = 0; turn < MOST_MEETINGS; turn++) {
            var there = reachable();
            catchUp.upTo(there);
            if (catchUp.distance(reachable()) < NEAR) {
                return;
            }
        }
    }

    /**
     * Brings both sides to the same positions and leaves the transaction open in which nobody writes.
     *
     * @param reserve what else the transaction needs before that
     */
    private void meet(CatchUp catchUp, ShadowSchema meeting, Runnable reserve) {
        for (var turn = 0; turn < MOST_MEETINGS; turn++) {
            approach(catchUp);
            meeting.run("begin");
            reserve.run();
            meeting.alone();
            var there = positions(meeting);
            if (catchUp.distance(there) < TOO_FAR) {
                catchUp.upTo(there);
                return;
            }
            meeting.run("rollback");
        }
        throw RepairStop.failed("cannot-catch-up", "Live projection moves on faster than the rebuild can follow.");
    }

    private long compare(CatchUp catchUp) {
        run.say("Comparing.");
        var snapshot = tools.connect();
        try {
            var reading = new ShadowSchema(snapshot);
            meet(catchUp, schema, () -> {});
            reading.run("begin isolation level repeatable read read only");
            var seen = reading.ask("select 1", Tuple.tuple()).size(); // the snapshot is that of the first statement
            assert seen == 1;
            schema.run("rollback");
            var comparison = new ShadowComparison(snapshot);
            var tables = new JsonArray();
            var differing = 0L;
            var calls = 0L;
            for (var table : ProjectedTable.values()) {
                Difference difference = comparison.of(table);
                tables.add(difference.json());
                differing += difference.rows();
                calls += table == ProjectedTable.CALL ? difference.rows() : 0;
                run.goOn();
            }
            report.put("tables", tables).put("differing_rows", differing);
            run.count("differing", differing);
            return calls;
        } finally {
            var unused = snapshot.close();
        }
    }

    private void swap(CatchUp catchUp, long migrations, Map<TopicPartition, Held> held, String live) {
        run.say("Exchanging.");
        var swap = new TableSwap(connection, live);
        var obstacles = swap.obstacles();
        if (!obstacles.isEmpty()) {
            throw RepairStop.failed("has-dependents", "These stand on the live tables and would be lost: " + obstacles);
        }
        var settling = new SettledLetters(schema);
        for (var turn = 0; turn < MOST_SWAPS; turn++) {
            meet(catchUp, schema, swap::reserve);
            if (count(MIGRATIONS) != migrations) {
                throw RepairStop.failed("tables-migrated", "A migration changed the live tables meanwhile.");
            }
            run.state().put(SWAPPED, true);
            if (!run.claims(connection)) {
                schema.run("rollback");
                run.say("Not exchanged."); // which hears why
                throw RepairStop.of(RepairStop.Why.LOST);
            }
            if (order.from() == From.TOPICS) {
                settling.settle(held, positions(schema), run.claimed().requestedBy());
            }
            swap.prepare();
            var took = swap.swap();
            if (took.isPresent()) {
                swapped(took);
                return;
            }
            schema.run("rollback");
            run.state().remove(SWAPPED);
            run.rest(STEP_BACK);
        }
        throw RepairStop.failed(
                "tables-in-use", "Somebody reads a table without end: the exchange never came to its turn.");
    }

    private void swapped(Optional<Duration> took) {
        report.put(SWAPPED, true)
                .put("swap_ms", took.map(time -> time.toNanos() / 1e6).orElse(null));
    }

    /** Tells streams of the calls that say something else now; were it too many, their readers begin anew. */
    private void settleFeed(long differing) {
        if (differing > 0 && differing <= MOST_FED) {
            schema.run(FEED);
        }
    }

    private void rate() {
        var seconds = (System.nanoTime() - begun) / 1e9;
        report.put("seconds", seconds);
        report.put("records_per_second", run.counted("read") / seconds);
    }

    /** Where the live tables stand, as far as the log reaches. */
    private Map<TopicPartition, Long> reachable() {
        return positions(schema);
    }

    private Map<TopicPartition, Long> positions(ShadowSchema reading) {
        var ends = tools.log().held(tools.partitions());
        var positions = new HashMap<TopicPartition, Long>();
        reading.ask(POSITIONS, Tuple.tuple()).forEach(row -> {
            var partition = new TopicPartition(row.getString(0), row.getInteger(1));
            var range = ends.get(partition);
            if (range != null) {
                positions.put(partition, Math.min(range.end(), row.getLong(2)));
            }
        });
        return positions;
    }

    private long count(String sql) {
        return schema.ask(sql, Tuple.tuple()).iterator().next().getLong(0);
    }

    private String schemaName() {
        List<String> names = new ArrayList<>();
        schema.ask("select current_schema()", Tuple.tuple()).forEach(row -> names.add(row.getString(0)));
        return Objects.requireNonNull(names.getFirst());
    }
}
