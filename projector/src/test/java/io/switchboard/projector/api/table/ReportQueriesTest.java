package io.switchboard.projector.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call;
import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.projector.api.query.CallFilter;
import io.switchboard.projector.api.query.QueryParameters;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.api.table.ReportQueries.Key;
import io.switchboard.projector.report.Bucket;
import io.switchboard.projector.report.DirectedFigures;
import io.switchboard.projector.report.ServiceLevel.Formula;
import io.switchboard.projector.report.ServiceLevel.Terms;
import io.switchboard.projector.report.Tally;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three calls of one number in two directions and one of none, told by whoever can answer a single question. */
class ReportQueriesTest {
    private static final String MAIN = "+12025550143";
    private static final Terms TERMS = new Terms(Formula.OFFERED, 20_000_000, 5_000_000);
    private static final SqlConnection NO_CONNECTION = (SqlConnection) Proxy.newProxyInstance(
            SqlConnection.class.getClassLoader(), new Class<?>[] {SqlConnection.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException();
            });
    private static final List<Told> CALLS = List.of(
            new Told(Direction.INBOUND, MAIN, 10),
            new Told(Direction.INBOUND, MAIN, 30),
            new Told(Direction.OUTBOUND, MAIN, 90),
            new Told(Direction.CALLBACK, null, 50));

    private record Told(Direction direction, @Nullable String number, long talkSeconds) {
        Tally tally() {
            return Tally.of(Outcome.ANSWERED, 1_000_000L, talkSeconds * 1_000_000, false);
        }

        String group(Grouping grouping) {
            return switch (grouping) {
                case NONE -> "";
                case DIRECTION -> Call.word(direction);
                case NUMBER -> number == null ? "" : number;
            };
        }
    }

    @Test
    void allCallsHaveTheirOwnPercentilesAndEachDirectionIts() {
        var figures = ask("", Grouping.NONE).getOrDefault(new Key(0, null), DirectedFigures.none());

        assertThat(figures.all().outcomes().calls()).isEqualTo(4);
        assertThat(figures.all().talkTime().p50()).isEqualTo(29.75); // the middle of its cell
        assertThat(figures.inbound().outcomes().calls()).isEqualTo(2);
        assertThat(figures.outgoing().answered()).isEqualTo(2);
    }

    @Test
    void aNumberHasItsDirections() {
        var groups = ask("", Grouping.NUMBER);

        assertThat(groups).containsOnlyKeys(new Key(0, MAIN), new Key(0, null));
        var main = groups.getOrDefault(new Key(0, MAIN), DirectedFigures.none());
        assertThat(main.all().outcomes().calls()).isEqualTo(3);
        assertThat(main.inbound().outcomes().calls()).isEqualTo(2);
        assertThat(main.of(Direction.CALLBACK).outcomes().calls()).isZero();
        assertThat(groups.getOrDefault(new Key(0, null), DirectedFigures.none())
                        .outgoing()
                        .answered())
                .isEqualTo(1);
    }

    @Test
    void aDirectionIsItsOwnPart() {
        var groups = ask("", Grouping.DIRECTION);

        assertThat(groups).containsOnlyKeys(new Key(0, "inbound"), new Key(0, "outbound"), new Key(0, "callback"));
        assertThat(groups.getOrDefault(new Key(0, "inbound"), DirectedFigures.none())
                        .inbound()
                        .outcomes()
                        .calls())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direction=inbound", "direction=outbound", "direction=callback"})
    void oneDirectionAloneIsAll(String query) {
        var figures = ask(query, Grouping.NONE).getOrDefault(new Key(0, null), DirectedFigures.none());

        assertThat(figures.parts().values()).containsExactly(figures.all());
    }

    private static Map<Key, DirectedFigures> ask(String query, Grouping grouping) {
        var start = Instant.parse("2026-03-09T00:00:00Z");
        var question = new ReportQuestion(
                null,
                CallFilter.ofReport(QueryParameters.parse(query)),
                List.of(new Bucket(start, start.plusSeconds(86_400))),
                grouping,
                TERMS,
                false);
        return new ReportQueries(ReportQueriesTest::told)
                .read(NO_CONNECTION, question)
                .result();
    }

    private static Future<List<FigureQueries.GroupFigures>> told(SqlConnection connection, ReportQuestion question) {
        var groups = new TreeMap<String, Tally>();
        CALLS.stream()
                .filter(call -> question.calls().directions().contains(call.direction()))
                .forEach(call -> groups.merge(call.group(question.grouping()), call.tally(), Tally::plus));
        return Future.succeededFuture(groups.entrySet().stream()
                .map(group -> new FigureQueries.GroupFigures(
                        0,
                        group.getKey().isEmpty() ? null : group.getKey(),
                        group.getValue().figures(TERMS)))
                .toList());
    }
}
