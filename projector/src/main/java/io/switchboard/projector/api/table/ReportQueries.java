package io.switchboard.projector.api.table;

import io.switchboard.call.Call.Direction;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.api.table.FigureQueries.GroupFigures;
import io.switchboard.projector.api.table.FigureQueries.Part;
import io.switchboard.projector.report.DirectedFigures;
import io.switchboard.projector.report.Figures;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
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
            return figures.read(connection, question)
                    .map(found -> found.stream()
                            .collect(Collectors.toMap(
                                    ReportQueries::key,
                                    one -> new DirectedFigures(one.figures(), Map.of(only, one.figures())))));
        }
        return figures.readParts(connection, question).map(ReportQueries::joined);
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

    private static Map<Key, DirectedFigures> joined(List<Part> parts) {
        var all = new LinkedHashMap<Key, Figures>();
        var directed = new LinkedHashMap<Key, Map<Direction, Figures>>();
        for (var part : parts) {
            var key = new Key(part.bucket(), part.group());
            if (part.direction() == null) {
                all.put(key, part.figures());
            } else {
                directed.computeIfAbsent(key, unused -> new EnumMap<>(Direction.class))
                        .put(part.direction(), part.figures());
            }
        }
        var joined = new LinkedHashMap<Key, DirectedFigures>();
        all.forEach((key, one) -> joined.put(key, new DirectedFigures(one, directed.getOrDefault(key, Map.of()))));
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
        return Objects.requireNonNull(FigureQueries.direction(found.group()));
    }
}
