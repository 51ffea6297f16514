package io.switchboard.benchmarks;

import io.switchboard.benchmarks.Asking.Measured;
import io.switchboard.projector.DatabaseUrl;
import io.switchboard.projector.Migrations;
import io.switchboard.projector.api.ApiPool;
import io.switchboard.standalone.embedded.EmbeddedPostgres;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Loads a history of calls into a PostgreSQL and asks it what the query API asks: times of each question, and the plans of
 * the three slowest. Arguments: number of calls, folder for an embedded PostgreSQL (kept, so that a second run only asks).
 * With {@code DATABASE_URL} it uses that database instead, which has to be empty or a history loaded before.
 */
public final class QueryBenchMain {
    private static final int PLANS = 3;

    private QueryBenchMain() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("Usage: QueryBenchMain CALLS [FOLDER]");
            System.exit(2);
        }
        var calls = Long.parseLong(arguments[0]);
        var given = System.getenv("DATABASE_URL");
        if (given != null) {
            run(given, calls);
            return;
        }
        var folder = Path.of(arguments.length > 1 ? arguments[1] : "data/query-bench");
        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(folder, 0))) {
            run(postgres.databaseUrl(), calls);
        }
    }

    private static void run(String url, long calls) throws Exception {
        var database = DatabaseUrl.parse(url);
        var waiting = new Migrations(database).attempt();
        if (waiting.isPresent()) {
            throw new IOException("no answer from " + waiting.get());
        }
        try (var connection = connect(database)) {
            new History(connection, calls, System.out::println).load();
            ask(database, connection);
        }
    }

    static void ask(DatabaseUrl database, Connection connection) throws Exception {
        var vertx = Vertx.vertx();
        try {
            var asking = new Asking(ApiPool.create(vertx, database.connectOptions()));
            System.out.println(Measured.HEADING);
            var all = new ArrayList<Measured>();
            for (var question : Questions.about(Samples.of(connection))) {
                var measured = asking.measure(question);
                System.out.println(measured);
                all.add(measured);
            }
            explainSlowest(asking, all);
        } finally {
            var unused = vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static void explainSlowest(Asking asking, List<Measured> all) throws TimeoutException {
        var slowest = all.stream()
                .sorted(Comparator.comparingDouble(Measured::p99).reversed())
                .limit(PLANS)
                .toList();
        for (var measured : slowest) {
            System.out.println();
            System.out.println(measured);
            asking.explain(measured.question()).forEach(System.out::println);
        }
    }

    private static Connection connect(DatabaseUrl database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.database(),
                database.user(),
                database.password());
    }
}
