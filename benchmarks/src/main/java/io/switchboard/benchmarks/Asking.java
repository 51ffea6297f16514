package io.switchboard.benchmarks;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks questions one after the other and keeps the time. */
final class Asking {
    private static final int WARM_UP = 10;
    private static final int PATIENCE_SECONDS = 60;

    private final Pool pool;

    Asking(Pool pool) {
        this.pool = pool;
    }

    /** How long a question took, in milliseconds. */
    record Measured(Question question, double p50, double p99, double most, int rows) {
        static final String HEADING = String.format(
                Locale.ROOT, "%-55s %6s %6s %9s %9s %9s", "question", "n", "rows", "p50 ms", "p99 ms", "max ms");

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-55s %6d %6d %9.2f %9.2f %9.2f",
                    question.name(),
                    question.rounds(),
                    rows,
                    p50,
                    p99,
                    most);
        }
    }

    /** A statement that was sent. */
    private record Sent(String sql, Tuple values) {}

    Measured measure(Question question) throws TimeoutException {
        for (var round = 0; round < Math.min(WARM_UP, question.rounds()); round++) {
            var unused = ask(question, round);
        }
        var nanos = new long[question.rounds()];
        var rows = 0;
        for (var round = 0; round < nanos.length; round++) {
            var begun = System.nanoTime();
            rows = Math.max(rows, ask(question, round));
            nanos[round] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return new Measured(question, share(nanos, 0.5), share(nanos, 0.99), nanos[nanos.length - 1] / 1e6, rows);
    }

    /** The plan of a question's statement, as it was carried out. */
    List<String> explain(Question question) throws TimeoutException {
        return pool.withConnection(connection -> {
                    var sent = new ArrayList<Sent>();
                    return question.asked()
                            .ask(noting(connection, sent), 0)
                            .compose(rows -> connection
                                    .preparedQuery("explain (analyze, buffers, settings) "
                                            + sent.getFirst().sql())
                                    .execute(sent.getFirst().values()))
                            .map(Asking::lines);
                })
                .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private int ask(Question question, int round) throws TimeoutException {
        return pool.withConnection(connection -> question.asked().ask(connection, round))
                .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static List<String> lines(RowSet<Row> rows) {
        var lines = new ArrayList<String>();
        rows.forEach(row -> lines.add(row.getString(0)));
        return lines;
    }

    private static double share(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    /** The connection, with a note of each statement and its values. */
    private static SqlConnection noting(SqlConnection connection, List<Sent> sent) {
        return proxy(SqlConnection.class, (proxy, method, arguments) -> {
            var result = call(() -> method.invoke(connection, arguments));
            if (!method.getName().equals("preparedQuery")) {
                return result;
            }
            var sql = (String) arguments[0];
            return proxy(PreparedQuery.class, (query, execute, values) -> {
                if (execute.getName().equals("execute") && values != null) {
                    sent.add(new Sent(sql, (Tuple) values[0]));
                }
                return call(() -> execute.invoke(result, values));
            });
        });
    }

    private interface Invocation {
        Object run() throws ReflectiveOperationException;
    }

    private static Object call(Invocation invocation) throws Throwable {
        try {
            return invocation.run();
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
