package io.switchboard.standalone.embedded;

import io.switchboard.runtime.StartFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * PostgreSQL as a child process, with a data folder that outlives it; durable as shipped: `fsync` and
 * `synchronous_commit` are on.
 *
 * <p>It listens on 127.0.0.1 only, wants a password (kept beside the data, readable by its owner alone), and ends with
 * this JVM however this JVM ends ({@link GuardedProcess}). Works as an ordinary user and as root ({@link
 * Unprivileged}).
 */
public final class EmbeddedPostgres implements AutoCloseable {

    public static final String PORT_VARIABLE = "EMBEDDED_POSTGRES_PORT";
    public static final int DEFAULT_PORT = 15_432;
    public static final String DATABASE = "switchboard";

    private static final String HOST = "127.0.0.1";
    private static final String USER = "switchboard";
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration FAST_STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration IMMEDIATE_STOP_PATIENCE = Duration.ofSeconds(3);
    private static final Duration TRY_AGAIN = Duration.ofMillis(20);

    private final Settings settings;
    private final String password;
    private final GuardedProcess process;

    /**
     * @param dataDir holds the cluster, its log and its password; created when missing
     * @param binariesDir where the programs are unpacked once; may be shared by several clusters
     * @param port 0 takes any free one
     */
    public record Settings(Path dataDir, Path binariesDir, int port) {

        public static Settings in(Path dataDir, int port) {
            return new Settings(dataDir, dataDir.resolve("binaries"), port);
        }
    }

    private EmbeddedPostgres(Settings settings, String password, GuardedProcess process) {
        this.settings = settings;
        this.password = password;
        this.process = process;
    }

    /** Returns when the database takes queries, recovered from whatever ended it last time. */
    public static EmbeddedPostgres start(Settings wanted) {
        var dataDir = wanted.dataDir().toAbsolutePath().normalize();
        try {
            // The server of a JVM that was just killed may still hold the port for a moment.
            awaitPredecessor(dataDir);
            var port = LoopbackPort.claim(wanted.port(), "the embedded PostgreSQL", PORT_VARIABLE);
            return startOn(
                    new Settings(dataDir, wanted.binariesDir().toAbsolutePath().normalize(), port));
        } catch (IOException e) {
            throw new StartFailure("the embedded PostgreSQL in " + dataDir + " did not start: " + reason(e), e);
        }
    }

    private static EmbeddedPostgres startOn(Settings settings) throws IOException {
        var cluster = PostgresCluster.open(settings);
        var postgres = new EmbeddedPostgres(settings, cluster.password(), cluster.startServer(settings.port()));
        postgres.awaitReady(cluster);
        return postgres;
    }

    /** Returns when no server of an earlier, killed JVM works on this folder any more; refuses when one stays. */
    public static void awaitPredecessor(Path dataDir) throws IOException {
        PostgresCluster.awaitPredecessor(dataDir.toAbsolutePath().normalize());
    }

    /** In the form of `DATABASE_URL`. */
    public String databaseUrl() {
        return databaseUrl(DATABASE);
    }

    public String databaseUrl(String database) {
        return "postgresql://" + USER + ":" + password + "@" + HOST + ":" + settings.port() + "/" + database;
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + HOST + ":" + settings.port() + "/" + database, USER, password);
    }

    /** The settings with the port really taken: starting with them again gives the same database at the same address. */
    public Settings settings() {
        return settings;
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Fast shutdown: clients are disconnected, a checkpoint is written. */
    public void stop() {
        process.stop("INT", FAST_STOP_PATIENCE);
    }

    /** Immediate shutdown: no checkpoint, the next start recovers from the write-ahead log. */
    public void stopImmediately() {
        process.stop("QUIT", IMMEDIATE_STOP_PATIENCE);
    }

    /** SIGKILL for every process of the server. */
    public void killNow() {
        process.kill();
    }

    /** Stops and starts again at the same address. */
    public EmbeddedPostgres restart() {
        stop();
        return start(settings);
    }

    @Override
    public void close() {
        stop();
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileSystemException failed -> failed.toString();
            default -> e.toString();
        };
    }

    private void awaitReady(PostgresCluster cluster) {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new StartFailure("the embedded PostgreSQL in " + settings.dataDir() + " did not start: "
                        + cluster.lastComplaint());
            }
            if (System.nanoTime() > deadline) {
                stopImmediately();
                throw new StartFailure("the embedded PostgreSQL in " + settings.dataDir() + " was not ready after "
                        + START_PATIENCE.toSeconds() + " s: see " + cluster.log());
            }
            LockSupport.parkNanos(TRY_AGAIN.toNanos());
        }
    }

    private boolean isReady() {
        try (var connection = connect("postgres");
                var statement = connection.createStatement();
                var found = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                createDatabase(connection, DATABASE);
            }
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** For tests that want one of their own. */
    public void createDatabase(String name) throws SQLException {
        try (var connection = connect("postgres")) {
            createDatabase(connection, name);
        }
    }

    private static void createDatabase(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            var unused = statement.executeUpdate("create database \"" + name + "\"");
        }
    }
}
