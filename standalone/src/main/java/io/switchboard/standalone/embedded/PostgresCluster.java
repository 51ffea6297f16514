package io.switchboard.standalone.embedded;

import io.switchboard.runtime.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The files of one PostgreSQL: `cluster` (what initdb makes), `password`, `postgres.log`.
 *
 * <p>A cluster is made under another name and renamed when it is whole, so a start that was cut off leaves nothing that
 * the next one would trip over.
 */
record PostgresCluster(Path folder, Path programs, String password, Unprivileged user) {

    private static final long MAX_LOG_BYTES = 16L << 20;
    private static final Duration PREDECESSOR_PATIENCE = Duration.ofSeconds(10);
    private static final Duration INITDB_PATIENCE = Duration.ofMinutes(2);

    // Sized for a laptop or a small server that also runs the broker and the services.
    private static final List<String> SERVER_SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "shared_buffers=128MB",
            "max_connections=50",
            "wal_compression=on",
            "max_wal_size=1GB",
            "checkpoint_timeout=15min",
            "random_page_cost=1.1",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "logging_collector=off");

    static PostgresCluster open(EmbeddedPostgres.Settings settings) throws IOException {
        var folder = enterable(settings.dataDir());
        var programs = PostgresBinaries.unpackInto(settings.binariesDir()).resolve("bin");
        var password = PrivateFile.readOrCreate(folder.resolve("password"), PrivateFile::newSecret);
        var cluster = new PostgresCluster(folder, programs, password, Unprivileged.toWorkIn(List.of(folder, programs)));
        if (Files.isDirectory(cluster.data())) {
            cluster.checkVersion();
            cluster.user.own(cluster.data());
        } else {
            cluster.initialize();
        }
        return cluster;
    }

    GuardedProcess startServer(int port) throws IOException {
        var command = new ArrayList<>(
                List.of(programs.resolve("postgres").toString(), "-D", data().toString(), "-p", String.valueOf(port)));
        SERVER_SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        if (Files.exists(log()) && Files.size(log()) > MAX_LOG_BYTES) {
            Files.delete(log());
        }
        return GuardedProcess.start(user, command, log());
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    /** The line in which the server said why it gave up. */
    String lastComplaint() {
        try (var lines = Files.lines(log(), StandardCharsets.UTF_8)) {
            return complaint(lines).orElse("see " + log());
        } catch (IOException e) {
            return "see " + log();
        }
    }

    private static Optional<String> complaint(Stream<String> lines) {
        return lines.filter(line -> line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:"))
                .reduce((first, last) -> last)
                .map(line -> line.replaceFirst("^.*?(FATAL|PANIC|error):\\s*", ""));
    }

    private Path data() {
        return folder.resolve("cluster");
    }

    private static Path enterable(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        return folder;
    }

    private void initialize() throws IOException {
        var draft = folder.resolve("cluster.new");
        var passwordForInitdb = folder.resolve("password.initdb");
        FileTree.delete(draft);
        Files.createDirectory(draft);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
        PrivateFile.write(passwordForInitdb, password);
        user.own(draft);
        user.own(passwordForInitdb);
        try {
            initdb(draft, passwordForInitdb);
        } finally {
            Files.delete(passwordForInitdb);
        }
        Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void initdb(Path draft, Path passwordForInitdb) throws IOException {
        var initdb = List.of(
                programs.resolve("initdb").toString(),
                "--pgdata=" + draft,
                "--username=switchboard",
                "--pwfile=" + passwordForInitdb,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        if (!GuardedProcess.start(user, initdb, log()).succeedsWithin(INITDB_PATIENCE)) {
            throw new StartFailure("cannot create the PostgreSQL cluster in " + folder + ": " + lastComplaint());
        }
    }

    private void checkVersion() throws IOException {
        var made = Files.readString(data().resolve("PG_VERSION")).strip();
        var ours = PostgresBinaries.version().split("\\.")[0];
        if (!made.equals(ours)) {
            throw new StartFailure("the data in " + data() + " was written by PostgreSQL " + made
                    + " and this build brings " + ours + ": use the build that wrote it, or start with --fresh");
        }
    }

    /**
     * A server whose JVM was killed needs a moment to shut down; wait for it. A pid file that names a process which is
     * no PostgreSQL is left over from a crash, and would keep the server from starting when the system has given the
     * number to somebody else: remove it.
     */
    static void awaitPredecessor(Path folder) throws IOException {
        var data = folder.resolve("cluster");
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var predecessor = namedIn(pidFile).filter(process -> serves(process, data));
        if (predecessor.isPresent() && !endsInTime(predecessor.get())) {
            throw new StartFailure(
                    "another PostgreSQL (process " + predecessor.get().pid() + ") already runs on " + data
                            + ": stop it first, or choose another --data folder");
        }
        Files.deleteIfExists(pidFile);
    }

    private static Optional<ProcessHandle> namedIn(Path pidFile) throws IOException {
        var number = Files.readString(pidFile).lines().findFirst().orElse("").strip();
        return number.matches("\\d{1,18}") ? ProcessHandle.of(Long.parseLong(number)) : Optional.empty();
    }

    private static boolean serves(ProcessHandle process, Path data) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }

    private static boolean endsInTime(ProcessHandle process) {
        try {
            var unused = process.onExit().get(PREDECESSOR_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
