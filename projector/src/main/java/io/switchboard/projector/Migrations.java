package io.switchboard.projector;

import io.switchboard.runtime.StartFailure;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings the tables to the version of this build. Blocking: on a virtual thread. */
public final class Migrations {
    private static final int TIMEOUT_SECONDS = 5;
    private static final Map<String, String> REFUSALS = Map.of(
            "28P01", "refuses the password",
            "28000", "refuses the user",
            "3D000", "has no such database",
            "42501", "does not allow the user to change tables");

    private final DatabaseUrl database;

    public Migrations(DatabaseUrl database) {
        this.database = database;
    }

    /**
     * Tries once.
     *
     * @return what has to come back first; empty when the tables are ready
     * @throws StartFailure when an operator has to mend something
     */
    public Optional<String> attempt() {
        try {
            var result = Flyway.configure()
                    .dataSource(dataSource())
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            assert result.success;
            return Optional.empty();
        } catch (FlywayException e) {
            return waitingFor(e);
        }
    }

    private Optional<String> waitingFor(FlywayException failure) {
        var state = sqlState(failure).orElse("");
        if (state.startsWith("08") || state.startsWith("53") || state.startsWith("57") || isRefused(failure)) {
            return Optional.of("Postgres at " + database.place() + " (SQLSTATE " + state + ")");
        }
        var refusal = REFUSALS.get(state);
        if (refusal != null) {
            throw new StartFailure("Postgres at %s %s: look at DATABASE_URL (SQLSTATE %s)"
                    .formatted(database.place(), refusal, state));
        }
        throw new StartFailure(
                "the tables at %s cannot be brought up to date: %s"
                        .formatted(
                                database.place(),
                                String.valueOf(failure.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse("")),
                failure);
    }

    private static Optional<String> sqlState(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.of(sql.getSQLState());
            }
        }
        return Optional.empty();
    }

    private static boolean isRefused(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    private PGSimpleDataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {database.host()});
        source.setPortNumbers(new int[] {database.port()});
        source.setDatabaseName(database.database());
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setConnectTimeout(TIMEOUT_SECONDS);
        source.setLoginTimeout(TIMEOUT_SECONDS);
        return source;
    }
}
