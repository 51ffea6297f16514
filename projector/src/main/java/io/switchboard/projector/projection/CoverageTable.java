package io.switchboard.projector.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Table {@code coverage_hour}: counts that move by differences. */
final class CoverageTable {
    private static final List<String> COUNTS = List.of(
            "webhook_only",
            "poll_only",
            "both_doors",
            "still_open",
            "delay_1s",
            "delay_5s",
            "delay_30s",
            "delay_2m",
            "delay_10m",
            "delay_1h",
            "delay_more");

    private static final int OPEN = Coverage.Doors.values().length;
    private static final int FIRST_DELAY = OPEN + 1;

    private static final String MOVE = """
            insert into coverage_hour as h (account, hour, %1$s)
            select * from unnest($1::text[], $2::timestamptz[], %2$s)
            order by 1, 2
            on conflict (account, hour) do update set %3$s""".formatted(
                    String.join(", ", COUNTS),
                    IntStream.rangeClosed(3, COUNTS.size() + 2)
                            .mapToObj(parameter -> "$" + parameter + "::int[]")
                            .collect(Collectors.joining(", ")),
                    COUNTS.stream()
                            .map(count -> "%1$s = h.%1$s + excluded.%1$s".formatted(count))
                            .collect(Collectors.joining(", ")));

    private CoverageTable() {}

    private record Hour(String account, Instant hour) implements Comparable<Hour> {
        private static final Comparator<Hour> ORDER =
                Comparator.comparing(Hour::account).thenComparing(Hour::hour);

        @Override
        public int compareTo(Hour other) {
            return ORDER.compare(this, other);
        }
    }

    /** Takes away what calls counted before and adds what they count now; locks the hours in the order of their key. */
    static Future<Integer> move(SqlClient client, List<Coverage> before, List<Coverage> after) {
        var moves = new TreeMap<Hour, int[]>();
        before.forEach(coverage -> count(moves, coverage, -1));
        after.forEach(coverage -> count(moves, coverage, 1));
        var changed = moves.entrySet().stream()
                .filter(move -> IntStream.of(move.getValue()).anyMatch(difference -> difference != 0))
                .toList();
        if (changed.isEmpty()) {
            return Future.succeededFuture(0);
        }
        var columns = new Columns<>(changed)
                .text(move -> move.getKey().account())
                .time(move -> move.getKey().hour());
        for (int i = 0; i < COUNTS.size(); i++) {
            var count = i;
            columns = columns.integer(move -> move.getValue()[count]);
        }
        return client.preparedQuery(MOVE).execute(columns.tuple()).map(RowSet::rowCount);
    }

    private static void count(Map<Hour, int[]> moves, Coverage coverage, int difference) {
        var counts =
                moves.computeIfAbsent(new Hour(coverage.account(), coverage.hour()), hour -> new int[COUNTS.size()]);
        counts[coverage.doors().ordinal()] += difference;
        counts[OPEN] += coverage.open() ? difference : 0;
        counts[FIRST_DELAY + coverage.delay()] += difference;
    }
}
