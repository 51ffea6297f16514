package io.switchboard.projector.api;

import io.switchboard.projector.DatabaseUrl;
import io.switchboard.projector.Migrations;
import io.switchboard.projector.api.export.ExportConnections;
import io.switchboard.projector.api.order.OrderLog;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How much memory an export takes: the API, and a client that throws away what it reads, in one small heap, over a database
 * that has calls. Not a test: run it by hand with {@code -Xmx64m} and a database URL. The heap is the proof: a file that
 * were held in memory would not fit.
 */
public final class ExportMemoryMain {
    private static final int BLOCK = 65_536;
    private static final double MEBI = 1024.0 * 1024.0;

    private ExportMemoryMain() {}

    /** @param arguments the database's URL */
    public static void main(String[] arguments) throws Exception {
        var vertx = Vertx.vertx();
        var database = DatabaseUrl.parse(arguments[0]);
        var waiting = new Migrations(database).attempt();
        if (waiting.isPresent()) {
            throw new IllegalStateException("waiting for " + waiting.get());
        }
        var effects = new Effects(
                ApiPool.forWriting(vertx, database.connectOptions()),
                OrderLog.NONE,
                RecordingSource.NONE,
                ExportConnections.of(vertx, database.connectOptions()),
                RepairDesk.NONE);
        var sources = new ApiSources(
                ApiPool.create(vertx, database.connectOptions()),
                List::of,
                ReceiptSource.NONE,
                InstantSource.system(),
                effects);
        var settings = ApiSettings.of(SettingsReader.of(
                Map.of("API_TOKENS", "a=platform_admin", "BIND_ADDRESS", "127.0.0.1", "API_PORT", "0")));
        var server = ApiServer.start(vertx, settings, sources, Meters.registry("projector"))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        for (var file : List.of("calls.csv", "calls.ndjson")) {
            measure(server.port(), file);
        }
        System.exit(0);
    }

    private static void measure(int port, String file) throws Exception {
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/exports/" + file))
                .header("Authorization", "Bearer a")
                .build();
        var began = System.nanoTime();
        long lines = 0;
        long bytes = 0;
        Duration first;
        try (var body = client.send(request, BodyHandlers.ofInputStream()).body()) {
            first = Duration.ofNanos(System.nanoTime() - began);
            var block = new byte[BLOCK];
            for (int read = body.read(block); read >= 0; read = body.read(block)) {
                bytes += read;
                for (int i = 0; i < read; i++) {
                    lines += block[i] == '\n' ? 1 : 0;
                }
            }
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        var peak = heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf(
                Locale.ROOT,
                "%s: %d lines, %.1f MiB, first after %d ms, %.1f s, %.0f lines/s, peak heap %.1f MiB of %.1f%n",
                file,
                lines,
                bytes / MEBI,
                first.toMillis(),
                seconds,
                lines / seconds,
                peak / MEBI,
                Runtime.getRuntime().maxMemory() / MEBI);
    }

    private static Stream<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }
}
