package io.switchboard.projector.api.table;

import io.switchboard.call.Call;
import io.switchboard.call.Call.Direction;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.api.table.FigureQueries.GroupFigures;
import io.switchboard.projector.report.DirectedFigures;
import io.switchboard.projector.report.Figures;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads figures together with those of each direction: service level and answer rate are about calls in alone, while talk
 * time is about all. What is about all is asked for on its own, because percentiles do not add up.
 */
public final class ReportQueries {
    private final FigureQueries figures;

    public ReportQueries(FigureQueries figures) {
        this.figures = figures;
    }

    /** A bucket and what it is divided by. */
    public record Key(int bucket, @Nullable String group) {}

    public String source(ReportQuestion question) {
        return figures.source(question);
    }

    /** The figures of every bucket and group that has calls. */
    public Future<Map<Key, DirectedFigures>> read(SqlConnection connection, ReportQuestion question) {
        var directions = question.calls().directions();
        if (question.grouping() == Grouping.DIRECTION) {
            return figures.read(connection, question).map(ReportQueries::byDirection);
        }
        if (directions.size() == 1) {
            var only = directions.iterator().next();
            return figures.read(connection, question).map(found -> joined(found, parts(found, only)));
        }
        var whole = figures.read(connection, question);
        var parts = question.grouping() == Grouping.NONE
                ? allDirections(connection, question)
                : eachDirection(connection, question);
        return Future.all(whole, parts).map(both -> joined(whole.result(), parts.result()));
    }

    /** The figures of every bucket; those of all directions are their sum, which has no percentiles. */
    public Future<Map<Integer, DirectedFigures>> sums(SqlConnection connection, ReportQuestion question) {
        return figures.read(connection, question.of(question.calls(), Grouping.DIRECTION))
                .map(found -> {
                    var parts = new LinkedHashMap<Integer, Map<Direction, Figures>>();
                    found.forEach(part -> parts.computeIfAbsent(part.bucket(), bucket -> new EnumMap<>(Direction.class))
                            .put(direction(part), part.figures()));
                    var sums = new LinkedHashMap<Integer, DirectedFigures>();
                    parts.forEach((bucket, each) -> sums.put(
                            bucket,
                            new DirectedFigures(each.values().stream().reduce(Figures.NONE, Figures::plus), each)));
                    return sums;
                });
    }

    private record Part(Key key, Direction direction, Figures figures) {}

    private Future<List<Part>> allDirections(SqlConnection connection, ReportQuestion question) {
        return figures.read(connection, question.of(question.calls(), Grouping.DIRECTION))
                .map(found -> found.stream()
                        .map(part -> new Part(new Key(part.bucket(), null), direction(part), part.figures()))
                        .toList());
    }

    private Future<List<Part>> eachDirection(SqlConnection connection, ReportQuestion question) {
        var reads = question.calls().directions().stream()
                .map(direction -> {
                    var its = question.calls().of(Set.of(direction));
                    return figures.read(connection, question.of(its, question.grouping()))
                            .map(found -> parts(found, direction));
                })
                .toList();
        return Future.all(reads)
                .map(done ->
                        reads.stream().map(Future::result).flatMap(List::stream).toList());
    }

    private static List<Part> parts(List<GroupFigures> found, Direction direction) {
        return found.stream()
                .map(part -> new Part(key(part), direction, part.figures()))
                .toList();
    }

    private static Map<Key, DirectedFigures> joined(List<GroupFigures> whole, List<Part> parts) {
        var byKey = new LinkedHashMap<Key, Map<Direction, Figures>>();
        parts.forEach(part -> byKey.computeIfAbsent(part.key(), key -> new EnumMap<>(Direction.class))
                .put(part.direction(), part.figures()));
        var joined = new LinkedHashMap<Key, DirectedFigures>();
        whole.forEach(all ->
                joined.put(key(all), new DirectedFigures(all.figures(), byKey.getOrDefault(key(all), Map.of()))));
        return joined;
    }

    private static Map<Key, DirectedFigures> byDirection(List<GroupFigures> found) {
        var figures = new LinkedHashMap<Key, DirectedFigures>();
        found.forEach(part ->
                figures.put(key(part), new DirectedFigures(part.figures(), Map.of(direction(part), part.figures()))));
        return figures;
    }

    private static Key key(GroupFigures found) {
        return new Key(found.bucket(), found.group());
    }

    private static Direction direction(GroupFigures found) {
        return Arrays.stream(Direction.values())
                .filter(direction -> Call.word(direction).equals(found.group()))
                .findFirst()
                .orElse(Direction.UNKNOWN);
    }
}
