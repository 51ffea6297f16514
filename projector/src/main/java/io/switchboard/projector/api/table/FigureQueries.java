package io.switchboard.projector.api.table;

import io.switchboard.call.Call.Direction;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.report.Figures;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the numbers of reports are read. */
public interface FigureQueries {
    /** The figures of every bucket and group that has calls, in the order of the buckets. */
    Future<List<GroupFigures>> read(SqlConnection connection, ReportQuestion question);

    /** What the answer to a question is computed from, as answers name it: {@code rows} or {@code hours}. */
    default String source(ReportQuestion question) {
        return "rows";
    }

    /** The figures of every bucket and group, of all its calls and of those of each direction that is asked for. */
    default Future<List<Part>> readParts(SqlConnection connection, ReportQuestion question) {
        var reads = new ArrayList<Future<List<Part>>>();
        reads.add(read(connection, question).map(found -> parts(found, null)));
        if (question.grouping() == Grouping.NONE) {
            reads.add(read(connection, question.of(question.calls(), Grouping.DIRECTION))
                    .map(found -> found.stream()
                            .map(one -> new Part(one.bucket(), null, direction(one.group()), one.figures()))
                            .toList()));
        } else {
            for (var direction : question.calls().directions()) {
                var its = question.of(question.calls().of(Set.of(direction)), question.grouping());
                reads.add(read(connection, its).map(found -> parts(found, direction)));
            }
        }
        return Future.all(reads)
                .map(done ->
                        reads.stream().map(Future::result).flatMap(List::stream).toList());
    }

    /**
     * The figures of one group in one bucket.
     *
     * @param bucket its place among the question's buckets
     * @param group null where nothing is grouped, and for calls that have no such value
     */
    record GroupFigures(int bucket, @Nullable String group, Figures figures) {}

    /**
     * The figures of one group in one bucket, or of one direction of it.
     *
     * @param direction null for all of them
     */
    record Part(
            int bucket, @Nullable String group, @Nullable Direction direction, Figures figures) {}

    /** The direction of a group of {@link Grouping#DIRECTION}; null for null. */
    static @Nullable Direction direction(@Nullable String word) {
        return word == null ? null : Direction.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static List<Part> parts(List<GroupFigures> found, @Nullable Direction direction) {
        return found.stream()
                .map(one -> new Part(one.bucket(), one.group(), direction, one.figures()))
                .toList();
    }
}
