package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.report.DirectedFigures;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the figures of each business number, with its label. A number that the account has is there though nobody called
 * it: a number that fell silent is what somebody wants to see.
 */
public final class NumberQueries {
    private final ReportQueries figures;

    public NumberQueries(ReportQueries figures) {
        this.figures = figures;
    }

    /**
     * One business number.
     *
     * @param number null for the calls that name none
     * @param label null where it is not known
     */
    public record NumberFigures(
            @Nullable String number, @Nullable String label, DirectedFigures figures) {}

    /**
     * The numbers, those with the most calls first.
     *
     * @param question of one bucket, grouped by number
     */
    public Future<List<NumberFigures>> read(SqlConnection connection, ReportQuestion question) {
        var known = known(connection, question);
        return figures.read(connection, question)
                .compose(found -> known.map(labels -> {
                    var numbers = new ArrayList<NumberFigures>();
                    var seen = new HashSet<String>();
                    found.forEach((key, of) -> {
                        var number = key.group();
                        var listed = number == null ? null : labels.get(digits(number));
                        if (number != null) {
                            var unused = seen.add(digits(number));
                        }
                        numbers.add(new NumberFigures(number, listed == null ? null : listed.label(), of));
                    });
                    labels.forEach((digits, listed) -> {
                        if (listed.isActive() && !seen.contains(digits)) {
                            numbers.add(new NumberFigures(listed.number(), listed.label(), DirectedFigures.none()));
                        }
                    });
                    numbers.sort(Comparator.comparing((NumberFigures one) ->
                                    -one.figures().all().outcomes().calls())
                            .thenComparing(NumberFigures::number, Comparator.nullsLast(Comparator.naturalOrder())));
                    return numbers;
                }));
    }

    private record Listed(String number, @Nullable String label, boolean isActive) {}

    // The newest word last: two accounts may have had a number one after the other.
    private static Future<Map<String, Listed>> known(SqlConnection connection, ReportQuestion question) {
        var statement = new Statement();
        var wanted = question.calls().numbers();
        return statement
                .append(
                        "select number, label, deleted_at is null as active from phone_number where seen_at is not null and "
                                + statement.ofAccount(question.account())
                                + (wanted.isEmpty()
                                        ? ""
                                        : wanted.stream()
                                                .map(match -> CallSelect.businessNumber(statement, "number", match))
                                                .collect(Collectors.joining(" or ", " and (", ")")))
                                + " order by deleted_at is null, seen_at, account")
                .run(connection)
                .map(rows -> {
                    var listed = new LinkedHashMap<String, Listed>();
                    rows.forEach(row -> listed.put(
                            digits(row.getString("number")),
                            new Listed(row.getString("number"), row.getString("label"), row.getBoolean("active"))));
                    return listed;
                });
    }

    private static String digits(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }
}
