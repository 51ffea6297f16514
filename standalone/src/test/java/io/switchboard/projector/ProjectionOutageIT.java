package io.switchboard.projector;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.standalone.embedded.EmbeddedKafka;
import io.switchboard.standalone.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops servers, so it has its own. */
class ProjectionOutageIT {
    private static final Instant START = Instant.parse("2026-03-09T17:00:00Z");
    private static final Path BINARIES = Path.of("target", "postgres-binaries");

    @TempDir
    Path folder;

    @Test
    void postgresComesBackAndNobodyTouchesAnything() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try (var kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder.resolve("kafka"), 0));
                var postgres =
                        EmbeddedPostgres.start(new EmbeddedPostgres.Settings(folder.resolve("postgres"), BINARIES, 0));
                var driver = new ProjectorDriver(kafka.bootstrapServers(), postgres.databaseUrl(), "outage.")) {
            var projector = driver.start();
            driver.append(Webhooks.answeredCall("before", START));
            driver.awaitCaughtUp();

            postgres.stopImmediately();
            driver.append(Webhooks.answeredCall("meanwhile", START));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !projector.status().postgresAnswers()
                            && projector.status().waitingFor() != null);

            try (var again = postgres.restart()) {
                driver.awaitCaughtUp(Duration.ofSeconds(5));

                assertThat(again.isRunning()).isTrue();
                assertThat(driver.rows("select call_id, version from call order by call_id"))
                        .containsExactly(List.of("before", "4"), List.of("meanwhile", "4"));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> projector.status().postgresAnswers()
                                && projector.status().waitingFor() == null);
            }
        }
    }
}
