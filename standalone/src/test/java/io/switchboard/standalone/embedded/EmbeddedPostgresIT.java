package io.switchboard.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.runtime.StartFailure;
import io.switchboard.standalone.infrastructure.ProcessUnderTest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

    private static final Path BINARIES = Path.of("target", "postgres-binaries");
    private static final Duration START = Duration.ofSeconds(120);

    @TempDir
    Path temporary;

    private Path folder;

    /** A temporary folder is private to its maker; data folders are not. */
    @BeforeEach
    void letOthersEnter() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        folder = temporary.resolve("data");
    }

    @Test
    void keepsItsRowsAcrossAStop() throws Exception {
        var first = EmbeddedPostgres.start(settings());
        execute(first, "create table t (x int)", "insert into t values (1)");
        first.stop();
        assertThat(first.isRunning()).isFalse();

        try (var second = EmbeddedPostgres.start(first.settings())) {
            assertThat(second.databaseUrl()).isEqualTo(first.databaseUrl());
            assertThat(rows(second)).containsExactly(1);
        }
    }

    @Test
    void recoversCommittedRowsAfterAKill() throws Exception {
        var first = EmbeddedPostgres.start(settings());
        execute(first, "create table t (x int)", "insert into t values (1)");
        first.killNow();

        try (var second = EmbeddedPostgres.start(first.settings())) {
            assertThat(rows(second)).containsExactly(1);
            second.stopImmediately();
        }
        try (var third = EmbeddedPostgres.start(first.settings())) {
            assertThat(rows(third)).containsExactly(1);
        }
    }

    @Test
    void syncsEveryCommit() throws Exception {
        try (var postgres = EmbeddedPostgres.start(settings())) {
            assertThat(setting(postgres, "fsync")).isEqualTo("on");
            assertThat(setting(postgres, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(postgres, "full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void wantsThePassword() {
        try (var postgres = EmbeddedPostgres.start(settings())) {
            var url = "jdbc:postgresql://127.0.0.1:" + postgres.settings().port() + "/switchboard";

            assertThatThrownBy(() -> DriverManager.getConnection(url, "switchboard", "guess"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void keepsThePasswordFromOthers() throws Exception {
        try (var postgres = EmbeddedPostgres.start(settings())) {
            var file = folder.resolve("password");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(postgres.databaseUrl()).contains(Files.readString(file).strip());
        }
    }

    @Test
    void leavesNoProcessBehindWhenItsJvmIsKilled() throws Exception {
        try (var jvm = jvm(LoopbackPort.free())) {
            var unused = jvm.awaitLine("READY ", START);
            var server = postmaster();
            assertThat(server.isAlive()).isTrue();

            jvm.killNow();

            assertThat(server.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
            assertThat(folder.resolve("cluster/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void startsAtOnceAfterItsJvmWasKilled() throws Exception {
        var port = LoopbackPort.free();
        var urls = new ArrayList<String>();
        for (var life = 1; life <= 3; life++) {
            try (var jvm = jvm(port)) {
                urls.add(jvm.awaitLine("READY ", START));
                jvm.killNow();
            }
        }

        assertThat(urls).hasSize(3).containsOnly(urls.getFirst());
    }

    @Test
    void ignoresTheProcessNumberOfACrashThatSomebodyElseHasNow() throws Exception {
        var first = EmbeddedPostgres.start(settings());
        first.killNow();
        var pidFile = folder.resolve("cluster/postmaster.pid");
        var lines = new ArrayList<>(Files.readAllLines(pidFile));
        try (var other = ProcessUnderTest.command("sleep", Map.of(), List.of("sleep", "60"))) {
            lines.set(0, String.valueOf(other.pid()));
            Files.write(pidFile, lines);

            try (var second = EmbeddedPostgres.start(first.settings())) {
                assertThat(second.isRunning()).isTrue();
            }
        }
    }

    @Test
    void refusesTheFolderOfARunningServer() {
        try (var first = EmbeddedPostgres.start(settings())) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(settings()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("another PostgreSQL (process ")
                    .hasMessageContaining(folder.toString());
            assertThat(first.isRunning()).isTrue();
        }
    }

    @Test
    void refusesATakenPortAndNamesTheVariable() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = new EmbeddedPostgres.Settings(folder, BINARIES, taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("EMBEDDED_POSTGRES_PORT");
        }
    }

    @Test
    void saysInOneLineWhyTheServerGaveUp() throws Exception {
        var first = EmbeddedPostgres.start(settings());
        first.stop();
        Files.writeString(folder.resolve("cluster/postgresql.auto.conf"), "no_such_setting = 1\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(first.settings()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("did not start")
                .hasMessageNotContaining("\n")
                .hasMessageContaining("configuration");
    }

    @Test
    void worksInAFolderThatOnlyItsOwnerMayEnter() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));

        try (var postgres = EmbeddedPostgres.start(settings())) {
            assertThat(postgres.isRunning()).isTrue();
        } catch (StartFailure refusal) {
            // Root in a container without user namespaces: no way round, but a clear line.
            assertThat(refusal).hasMessageContaining("as an ordinary user");
        }
    }

    private EmbeddedPostgres.Settings settings() {
        return new EmbeddedPostgres.Settings(folder, BINARIES, 0);
    }

    private ProcessUnderTest jvm(int port) {
        return ProcessUnderTest.java(
                EmbeddedPostgresMain.class, Map.of(), folder.toString(), BINARIES.toString(), String.valueOf(port));
    }

    private ProcessHandle postmaster() throws Exception {
        var pid = Files.readAllLines(folder.resolve("cluster/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private static void execute(EmbeddedPostgres postgres, String... commands) throws SQLException {
        try (var connection = postgres.connect(EmbeddedPostgres.DATABASE);
                var statement = connection.createStatement()) {
            for (var command : commands) {
                var unused = statement.executeUpdate(command);
            }
        }
    }

    private static List<Integer> rows(EmbeddedPostgres postgres) throws SQLException {
        var rows = new ArrayList<Integer>();
        try (var connection = postgres.connect(EmbeddedPostgres.DATABASE);
                var found = connection.createStatement().executeQuery("select x from t order by x")) {
            while (found.next()) {
                rows.add(found.getInt(1));
            }
        }
        return rows;
    }

    private static String setting(EmbeddedPostgres postgres, String name) throws SQLException {
        try (var connection = postgres.connect(EmbeddedPostgres.DATABASE);
                var found = connection.createStatement().executeQuery("show " + name)) {
            assertThat(found.next()).isTrue();
            return found.getString(1);
        }
    }
}
