package io.switchboard.projector;

import io.switchboard.event.Envelope;
import io.switchboard.standalone.embedded.EmbeddedKafka;
import io.switchboard.standalone.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How fast the projection catches up: fills a log, starts a projector on empty tables, and tells events a second. Arguments:
 * folder for data and binaries, calls, rounds. Four events a call, the calls of a window interleaved.
 */
public final class CatchUpBenchMain {
    private static final int WINDOW = 500;
    private static final Instant START = Instant.parse("2026-03-09T17:00:00Z");

    private CatchUpBenchMain() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var calls = Integer.parseInt(arguments[1]);
        var rounds = Integer.parseInt(arguments[2]);
        var data = Files.createTempDirectory(folder, "bench");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        try (var kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(data.resolve("kafka"), 0));
                var postgres = EmbeddedPostgres.start(new EmbeddedPostgres.Settings(
                        data.resolve("postgres"), folder.resolve("postgres-binaries"), 0))) {
            for (var round = 1; round <= rounds; round++) {
                postgres.createDatabase("bench" + round);
                measure(kafka.bootstrapServers(), postgres.databaseUrl("bench" + round), round, calls);
            }
        }
    }

    private static void measure(String kafka, String database, int round, int calls) throws Exception {
        try (var driver = new ProjectorDriver(kafka, database, "bench" + round + ".")) {
            driver.stop(driver.start());
            for (var first = 0; first < calls; first += WINDOW) {
                driver.append(window(first, Math.min(first + WINDOW, calls)));
            }
            var projector = driver.start();
            var begun = System.nanoTime();
            var jvm = jvmSeconds();
            awaitCaughtUp(driver);
            var seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "round %d: %d events in %.2f s = %.0f events/s; CPU us/event: JVM (with the broker) %.1f,"
                            + " Postgres backend %.1f; rows %s; trouble %s%n",
                    round,
                    calls * 4,
                    seconds,
                    calls * 4 / seconds,
                    (jvmSeconds() - jvm) * 1e6 / (calls * 4),
                    backendSeconds(driver) * 1e6 / (calls * 4),
                    driver.rows("select (select count(*) from call), (select count(*) from call_event)"),
                    projector.status().lastTrouble());
        }
    }

    private static double jvmSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    /** CPU time of the projector's connection. */
    private static double backendSeconds(ProjectorDriver driver) throws Exception {
        var pid = driver.rows("select pid from pg_stat_activity where application_name = 'switchboard-projector'"
                        + " and datname = current_database()")
                .getFirst()
                .getFirst();
        return ProcessHandle.of(Long.parseLong(pid))
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    private static List<Envelope> window(int first, int end) {
        var byCall = new ArrayList<List<Envelope>>();
        for (var i = first; i < end; i++) {
            byCall.add(Webhooks.answeredCall("7df52a62-0000-4000-8000-%012x".formatted(i), START.plusSeconds(i)));
        }
        var interleaved = new ArrayList<Envelope>();
        for (var event = 0; event < 4; event++) {
            for (var call : byCall) {
                interleaved.add(call.get(event));
            }
        }
        return interleaved;
    }

    private static void awaitCaughtUp(ProjectorDriver driver) throws Exception {
        var ends = driver.ends();
        while (!ends.equals(driver.positions())) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
