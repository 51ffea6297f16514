package io.switchboard.standalone.bench;

import io.switchboard.standalone.SwitchboardMain;
import io.switchboard.standalone.embedded.EmbeddedKafkaMain;
import io.switchboard.standalone.embedded.LoopbackPort;
import io.switchboard.standalone.infrastructure.ProcessUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Webhooks a second with a durable answer, beside a bare Vert.x {@code 202} and a raw producer, in one run with alternating
 * rounds. The load comes from {@code wrk} (Debian has it). Arguments: folder for data, rounds, seconds a measurement.
 */
public final class WebhookBenchMain {
    private static final String TOKEN = "benchmark-webhook-token";
    /** As `./switchboard gateway` sets them; the heap is limited by the harness. */
    private static final String GATEWAY_OPTIONS = "-XX:+UseSerialGC";

    private static final Duration START = Duration.ofSeconds(40);
    private static final List<Integer> CONNECTIONS = List.of(16, 64, 256);

    private final Path folder;
    private final int seconds;

    private WebhookBenchMain(Path folder, int seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        new WebhookBenchMain(Path.of(arguments[0]), Integer.parseInt(arguments[2])).run(Integer.parseInt(arguments[1]));
    }

    private void run(int rounds) throws IOException {
        var brokerPort = LoopbackPort.free();
        var gatewayPort = LoopbackPort.free();
        var barePort = LoopbackPort.free();
        var environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + brokerPort,
                "WEBHOOK_TOKENS",
                TOKEN,
                "SPOOL_DIR",
                folder.resolve("spool").toString(),
                "BIND_ADDRESS",
                "127.0.0.1",
                "GATEWAY_PORT",
                Integer.toString(gatewayPort),
                "GATEWAY_MANAGEMENT_PORT",
                "0");
        try (var broker = ProcessUnderTest.java(
                        EmbeddedKafkaMain.class,
                        Map.of(),
                        folder.resolve("kafka").toString(),
                        "" + brokerPort);
                var bare = ProcessUnderTest.java(BareServerMain.class, Map.of(), "" + barePort)) {
            System.out.println(broker.awaitLine("READY", START) + bare.awaitLine("READY", START));
            try (var gateway = ProcessUnderTest.java(SwitchboardMain.class, environment, "gateway")) {
                System.out.println(gateway.awaitLine("gateway ready", START));
                var url = "http://127.0.0.1:" + gatewayPort + "/webhooks/mightycall/" + TOKEN;
                System.out.println("warm-up " + wrk(64, url));
                System.out.println("warm-up " + wrk(256, url));
                for (var round = 1; round <= rounds; round++) {
                    for (var connections : CONNECTIONS) {
                        System.out.printf("round %d, %d connections%n", round, connections);
                        System.out.println("  gateway  " + wrk(connections, url));
                        System.out.println("  bare 202 " + wrk(connections, "http://127.0.0.1:" + barePort + "/"));
                        for (var client : List.of("plain", "vertx")) {
                            System.out.println("  " + produce(environment, client, connections));
                        }
                    }
                }
                System.out.println("gateway resident memory " + gateway.residentMegabytes() + " MB");
                broker.killNow();
                System.out.println("brokers away, 64 connections: first " + wrk(64, url));
                System.out.println("brokers away, 64 connections: then  " + wrk(64, url));
            }
        }
    }

    private static Map<String, String> broker(Map<String, String> environment) {
        return Map.of("KAFKA_BOOTSTRAP_SERVERS", environment.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", ""));
    }

    private String produce(Map<String, String> environment, String client, int underWay) {
        try (var producer =
                ProcessUnderTest.java(RawProducerMain.class, broker(environment), client, "" + underWay, "200000")) {
            return producer.awaitLine("RESULT", Duration.ofMinutes(2));
        }
    }

    /** Requests a second and latencies in one line. */
    private String wrk(int connections, String url) throws IOException {
        var script = Path.of("src", "test", "resources", "bench", "webhook.lua").toString();
        var process = new ProcessBuilder(
                        "wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency", "-s", script, url)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var facts = output.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("50%")
                        || line.startsWith("99%")
                        || line.startsWith("Requests/sec")
                        || line.startsWith("Non-2xx")
                        || line.startsWith("Socket errors"))
                .toList();
        return facts.isEmpty() ? output : String.join("  ", facts).replaceAll(" +", " ");
    }
}
