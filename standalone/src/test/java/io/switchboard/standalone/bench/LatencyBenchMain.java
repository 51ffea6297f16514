package io.switchboard.standalone.bench;

import io.switchboard.standalone.crash.Installation;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes from the first byte of a webhook until the query API returns its call, while a load of webhooks runs
 * beside: new calls one after the other, each asked for until it is there. Arguments: folder for data, events a second,
 * seconds.
 */
public final class LatencyBenchMain {
    private static final int WARM_UP_SECONDS = 15;

    /** Often enough to see the time, seldom enough not to be the load. */
    private static final int POLL_MILLIS = 3;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Installation installation;

    private LatencyBenchMain(Installation installation) {
        this.installation = installation;
    }

    public static void main(String[] arguments) throws Exception {
        try (var installation = new Installation(Path.of(arguments[0]))) {
            var projector = installation.startProjector();
            var rate = Integer.parseInt(arguments[1]);
            var bench = new LatencyBenchMain(installation);
            installation.load().start(rate);
            var warmUp = bench.sample(WARM_UP_SECONDS);
            System.out.println("warm-up: " + warmUp.size() + " samples");
            var millis = bench.sample(Integer.parseInt(arguments[2]));
            installation.load().stop();
            Collections.sort(millis);
            System.out.printf(
                    "webhook to row at %d events/s: n=%d p50 %.1f ms p99 %.1f ms max %.1f ms%n",
                    rate, millis.size(), quantile(millis, 0.5), quantile(millis, 0.99), millis.getLast());
            System.out.printf(
                    "resident memory: broker %d MB, gateway %d MB, projector %d MB%n",
                    installation.broker().residentMegabytes(),
                    installation.gateway().residentMegabytes(),
                    projector.residentMegabytes());
        }
    }

    private List<Double> sample(int seconds) throws IOException, InterruptedException {
        var millis = new ArrayList<Double>();
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end) {
            millis.add(webhookToRow());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return millis;
    }

    private double webhookToRow() throws IOException, InterruptedException {
        var id = UUID.randomUUID();
        var body = """
                {"Body":{"From":"+13125550117","To":"+12025550143","Id":"%s"},"Timestamp":"%s","EventType":"IncomingCall"}""".formatted(id, Instant.now());
        var begun = System.nanoTime();
        var posted = client.send(
                HttpRequest.newBuilder(installation.webhookUrl())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (posted.statusCode() != 200) {
            throw new IllegalStateException("the gateway answered " + posted.statusCode());
        }
        var question = HttpRequest.newBuilder(installation.api("/v1/calls/" + id))
                .header("Authorization", "Bearer " + Installation.ADMIN_TOKEN)
                .build();
        while (client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static double quantile(List<Double> sorted, double quantile) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(quantile * sorted.size())));
    }
}
