package io.switchboard.projector.projection;

import static java.util.stream.Collectors.joining;

import io.switchboard.projector.projection.ReportedCall.Place;
import io.switchboard.projector.report.DurationSketch;
import io.switchboard.projector.report.Durations;
import io.switchboard.projector.report.Tally;
import io.switchboard.projector.report.TallySum;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Table {@code report_hour}: sums that move by differences, of each number and of all.
 *
 * <p>The rows that exist are locked in the order of their key and their sketches read, so that what is written back is the
 * whole sketch in its short form. A row that another projector makes meanwhile is met by the insert: it then adds its
 * counts and puts its sketch behind the other, which is the sum as well. Two projectors that make and lock rows crosswise
 * may still wait for one another; one of them is then told to try again. A row whose calls have all moved elsewhere goes:
 * what is there is what the calls add up to, row by row.
 */
final class ReportTable {
    /** A column of numbers, and where it is in a tally. */
    private record Sum(String column, ToLongFunction<Tally> value) {}

    private static final List<Sum> SUMS = List.of(
            new Sum("open", tally -> tally.outcomes().open()),
            new Sum("answered", tally -> tally.outcomes().answered()),
            new Sum("missed", tally -> tally.outcomes().missed()),
            new Sum("voicemail", tally -> tally.outcomes().voicemail()),
            new Sum("dropped", tally -> tally.outcomes().dropped()),
            new Sum("unanswered", tally -> tally.outcomes().unanswered()),
            new Sum("unknown", tally -> tally.outcomes().unknown()),
            new Sum("recorded", Tally::recorded),
            new Sum("answer_count", tally -> tally.answerTime().count()),
            new Sum("answer_micros", tally -> tally.answerTime().micros()),
            new Sum("lost_count", tally -> tally.lostWait().count()),
            new Sum("lost_micros", tally -> tally.lostWait().micros()),
            new Sum("talk_count", tally -> tally.talkTime().count()),
            new Sum("talk_micros", tally -> tally.talkTime().micros()));

    private static final List<String> SKETCHES = List.of("answer_sketch", "lost_sketch", "talk_sketch");
    private static final List<Function<Tally, Durations>> SKETCHED =
            List.of(Tally::answerTime, Tally::lostWait, Tally::talkTime);

    private static final String KEY = "account, total, number, hour, direction";
    private static final String KEYS = "unnest($1::text[], $2::bool[], $3::text[], $4::timestamptz[], $5::text[]";
    private static final int KEY_COLUMNS = 5;
    private static final String COLUMNS =
            Stream.concat(SUMS.stream().map(Sum::column), SKETCHES.stream()).collect(joining(", "));
    private static final String MOVES = KEYS + ", " + values() + ") as n (" + KEY + ", " + COLUMNS + ")";
    private static final String ADD = sums("%1$s = h.%1$s + %2$s.%1$s");

    private static final String LOCK = """
            select h.account, h.total, h.number, h.hour, h.direction, h.answer_sketch, h.lost_sketch, h.talk_sketch
            from %s) as n (%s)
                join report_hour h using (%2$s)
            order by 1, 2, 3, 4, 5
            for update of h""".formatted(KEYS, KEY);

    private static final String UPDATE = """
            update report_hour h set %s, %s
            from %s
            where (h.account, h.total, h.number, h.hour, h.direction) = (n.account, n.total, n.number, n.hour, n.direction)
            """.formatted(ADD.formatted("n"), sketches("%1$s = n.%1$s"), MOVES);

    private static final String INSERT =
            """
            insert into report_hour as h (%1$s, %2$s)
            select * from %3$s
            order by 1, 2, 3, 4, 5
            on conflict (%1$s) do update set %4$s, %5$s""".formatted(KEY, COLUMNS, MOVES, ADD.formatted("excluded"), sketches("%1$s = h.%1$s || excluded.%1$s"));

    private static final String CLEAR = """
            delete from report_hour h
            using %s) as n (%s)
            where (h.account, h.total, h.number, h.hour, h.direction) = (n.account, n.total, n.number, n.hour, n.direction)
                and h.open + h.answered + h.missed + h.voicemail + h.dropped + h.unanswered + h.unknown = 0
            """.formatted(KEYS, KEY);

    private ReportTable() {}

    /** A row's key; that of all numbers has none. */
    private record Key(boolean total, Place place) {}

    /** What a row moves by, or, of the sketches, moves to. */
    private record Move(Key key, Tally difference, List<DurationSketch> sketches) {
        static Move of(Key key, Tally difference) {
            return new Move(
                    key,
                    difference,
                    SKETCHED.stream()
                            .map(durations -> durations.apply(difference).sketch())
                            .toList());
        }

        void onTopOf(List<DurationSketch> locked) {
            for (var i = 0; i < locked.size(); i++) {
                sketches.get(i).add(locked.get(i));
            }
        }
    }

    /** Takes away what calls added before and adds what they add now. */
    static Future<Integer> move(SqlClient client, Collection<ReportedCall> before, Collection<ReportedCall> after) {
        var moves = moves(before, after);
        if (moves.isEmpty()) {
            return Future.succeededFuture(0);
        }
        return client.preparedQuery(LOCK)
                .execute(keys(new ArrayList<>(moves.values())).tuple())
                .compose(locked -> write(client, moves, locked));
    }

    private static Future<Integer> write(SqlClient client, Map<Key, Move> moves, RowSet<Row> locked) {
        var unknown = new HashMap<>(moves);
        var known = new ArrayList<Move>();
        for (var row : locked) {
            var move = unknown.remove(key(row));
            if (move != null) {
                move.onTopOf(
                        SKETCHES.stream().map(column -> sketch(row, column)).toList());
                known.add(move);
            }
        }
        var fewer = known.stream()
                .filter(move -> move.difference().outcomes().calls() < 0)
                .toList();
        return Future.all(
                        run(client, UPDATE, known),
                        run(client, INSERT, List.copyOf(unknown.values())),
                        clear(client, fewer))
                .map(all -> all.<Integer>resultAt(0) + all.<Integer>resultAt(1));
    }

    private static Future<Integer> clear(SqlClient client, List<Move> fewer) {
        return fewer.isEmpty()
                ? Future.succeededFuture(0)
                : client.preparedQuery(CLEAR).execute(keys(fewer).tuple()).map(RowSet::rowCount);
    }

    private static Future<Integer> run(SqlClient client, String sql, List<Move> moves) {
        return moves.isEmpty()
                ? Future.succeededFuture(0)
                : client.preparedQuery(sql).execute(columns(moves).tuple()).map(RowSet::rowCount);
    }

    private static Map<Key, Move> moves(Collection<ReportedCall> before, Collection<ReportedCall> after) {
        var sums = new HashMap<Key, TallySum>();
        before.forEach(call -> each(sums, call, TallySum::subtract));
        after.forEach(call -> each(sums, call, TallySum::add));
        var moves = new HashMap<Key, Move>();
        sums.forEach((key, sum) -> {
            var difference = sum.tally();
            if (!difference.isZero()) {
                moves.put(key, Move.of(key, difference));
            }
        });
        return moves;
    }

    private static void each(Map<Key, TallySum> sums, ReportedCall call, BiConsumer<TallySum, Tally> count) {
        var place = call.place();
        var all = new Place(place.account(), "", place.hour(), place.direction());
        for (var key : List.of(new Key(false, place), new Key(true, all))) {
            count.accept(sums.computeIfAbsent(key, none -> new TallySum()), call.tally());
        }
    }

    private static Columns<Move> keys(List<Move> moves) {
        return new Columns<>(moves)
                .text(move -> move.key().place().account())
                .flag(move -> move.key().total())
                .text(move -> move.key().place().number())
                .time(move -> move.key().place().hour())
                .text(move -> move.key().place().direction());
    }

    private static Columns<Move> columns(List<Move> moves) {
        var columns = keys(moves);
        for (var sum : SUMS) {
            columns = columns.number(move -> sum.value().applyAsLong(move.difference()));
        }
        for (var i = 0; i < SKETCHES.size(); i++) {
            var sketch = i;
            columns = columns.bytes(move -> move.sketches().get(sketch).encode());
        }
        return columns;
    }

    private static Key key(Row row) {
        return new Key(
                row.getBoolean("total"),
                new Place(
                        row.getString("account"),
                        row.getString("number"),
                        row.getOffsetDateTime("hour").toInstant(),
                        row.getString("direction")));
    }

    private static DurationSketch sketch(Row row, String column) {
        return DurationSketch.decode(row.getBuffer(column).getBytes());
    }

    private static String values() {
        var next = KEY_COLUMNS + 1;
        var values = new ArrayList<String>();
        for (var unused : SUMS) {
            values.add("$" + next++ + "::bigint[]");
        }
        for (var unused : SKETCHES) {
            values.add("$" + next++ + "::bytea[]");
        }
        return String.join(", ", values);
    }

    private static String sums(String template) {
        return SUMS.stream()
                .map(sum -> template.formatted(sum.column(), "%1$s"))
                .collect(joining(", "));
    }

    private static String sketches(String template) {
        return SKETCHES.stream().map(template::formatted).collect(joining(", "));
    }
}
