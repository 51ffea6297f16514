package io.switchboard.projector.api.stream;

import static io.switchboard.projector.api.query.StreamQuestion.AGENTS;
import static io.switchboard.projector.api.query.StreamQuestion.CALLS;
import static io.switchboard.projector.api.query.StreamQuestion.PIPELINE;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.table.AgentQueries;
import io.switchboard.projector.api.table.CallQueries;
import io.switchboard.projector.api.table.FeedQueries;
import io.switchboard.projector.api.table.FeedQueries.Change;
import io.switchboard.projector.api.table.PipelineQueries;
import io.switchboard.projector.api.view.Agent;
import io.switchboard.projector.api.view.CallView;
import io.switchboard.projector.api.view.PipelineView;
import io.switchboard.projector.api.view.PipelineView.Known;
import io.switchboard.projector.api.view.PipelineView.Stage;
import io.switchboard.projector.api.view.PollerStates;
import io.switchboard.projector.api.view.ReadCall;
import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some changes as clients see them. A change is shown as the row reads now: when a later change of the same row is known,
 * the earlier one is left out, for the later one comes. Confined to one thread.
 */
final class Rendering {
    private static final byte[] NOTHING = {};

    private final List<Change> changes;
    private final Rows rows;
    private final Map<Look, byte[]> rendered = new HashMap<>();

    /** What the changes are about, as read after them. */
    private record Rows(
            Map<CallQueries.Id, ReadCall> calls,
            Map<AgentQueries.Key, Agent> agents,
            List<Stage> stages,
            Known pipeline,
            Instant now) {}

    /** A way of seeing a change: pictures of the pipeline differ by account, all else by masking. */
    private record Look(
            long position, Masking masking, @Nullable String account) {}

    private record Row(String topic, String account, String key) {
        static Row of(Change change) {
            return new Row(change.topic(), change.account(), change.key());
        }
    }

    private Rendering(List<Change> changes, Rows rows) {
        this.changes = changes;
        this.rows = rows;
    }

    static Future<Rendering> of(SqlConnection connection, List<Change> changes, StreamSources sources) {
        var now = sources.clock().instant();
        var last = newestOfEachRow(changes);
        var callIds = keys(last, CALLS, change -> new CallQueries.Id(change.account(), change.key()));
        var agentKeys = keys(last, AGENTS, change -> new AgentQueries.Key(change.account(), change.key()));
        var calls = callIds.isEmpty()
                ? Future.succeededFuture(List.<ReadCall>of())
                : sources.calls().of(connection, callIds, now);
        var agents = agentKeys.isEmpty()
                ? Future.succeededFuture(List.<Agent>of())
                : sources.agents().of(connection, agentKeys, now);
        var pipeline = last.stream().noneMatch(change -> change.topic().equals(PIPELINE))
                ? Future.succeededFuture(new Known(new PollerStates(List.of()), null, null))
                : PipelineQueries.known(connection);
        return Future.all(calls, agents, pipeline)
                .map(all -> new Rendering(
                        last,
                        new Rows(
                                byKey(calls.result(), Rendering::id),
                                byKey(
                                        agents.result(),
                                        agent -> new AgentQueries.Key(agent.account(), agent.extension())),
                                sources.stages().get(),
                                pipeline.result(),
                                now)));
    }

    /** What an audience is written. */
    Frames frames(Audience audience) {
        var frames = new Frames.Draft();
        for (var change : changes) {
            if (audience.sees(change)) {
                var account = change.topic().equals(PIPELINE) ? audience.account() : null;
                var masking = change.topic().equals(PIPELINE) ? Masking.MASKED : audience.masking();
                frames.add(
                        change.position(),
                        rendered.computeIfAbsent(
                                new Look(change.position(), masking, account), look -> render(change, look)));
            }
        }
        return frames.done();
    }

    private byte[] render(Change change, Look look) {
        return content(change, look)
                .map(content -> event(change.position(), name(change.topic()), content))
                .orElse(NOTHING);
    }

    private Optional<Map<String, ? extends @Nullable Object>> content(Change change, Look look) {
        return switch (change.topic()) {
            case CALLS ->
                Optional.ofNullable(rows.calls().get(new CallQueries.Id(change.account(), change.key())))
                        .filter(read -> read.call().version() <= change.version())
                        .map(read -> CallView.of(read, look.masking()));
            case AGENTS ->
                Optional.ofNullable(rows.agents().get(new AgentQueries.Key(change.account(), change.key())))
                        .map(agent -> agent.json(look.masking()));
            case PIPELINE ->
                Optional.of(PipelineView.of(rows.stages(), rows.pipeline().seenBy(look.account()), rows.now()));
            default -> Optional.empty();
        };
    }

    static byte[] event(long position, String name, Object content) {
        // JSON as Jackson writes it has no line breaks.
        return ("id: " + position + "\nevent: " + name + "\ndata: " + Json.encode(content) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String name(String topic) {
        return switch (topic) {
            case CALLS -> "call";
            case AGENTS -> "agent";
            default -> topic;
        };
    }

    private static List<Change> newestOfEachRow(List<Change> changes) {
        var seen = new HashSet<Row>();
        return changes.reversed().stream()
                .filter(change -> seen.add(Row.of(change)))
                .toList()
                .reversed();
    }

    private static <K> Set<K> keys(List<Change> changes, String topic, Function<Change, K> key) {
        return changes.stream()
                .filter(change ->
                        change.topic().equals(topic) && !change.account().equals(FeedQueries.EVERY_ACCOUNT))
                .map(key)
                .collect(Collectors.toSet());
    }

    private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
        return values.stream().collect(Collectors.toMap(key, Function.identity()));
    }

    private static CallQueries.Id id(ReadCall read) {
        return new CallQueries.Id(read.call().account(), read.call().id());
    }
}
