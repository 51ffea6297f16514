package io.switchboard.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.standalone.SwitchboardMain;
import io.switchboard.standalone.embedded.EmbeddedKafkaMain;
import io.switchboard.standalone.embedded.EmbeddedPostgres;
import io.switchboard.standalone.infrastructure.ProcessUnderTest;
import io.switchboard.standalone.ledger.Ledger;
import io.switchboard.standalone.ledger.LedgerCheck;
import io.switchboard.standalone.ledger.Tables;
import io.switchboard.standalone.ledger.WebhookLoad;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Broker, Postgres, gateway and projector as separate processes on one data folder, with a load and its ledger. */
public final class Installation implements AutoCloseable {
    public static final String ADMIN_TOKEN = "crash-test-admin-token";

    private static final String WEBHOOK_TOKEN = "crash-test-webhook-token";

    private static final Duration START = Duration.ofSeconds(40);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;

    private final Path data;
    private final Map<String, String> environment = new HashMap<>();
    private final List<ProcessUnderTest> started = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedPostgres postgres;
    private final WebhookLoad load;
    private final int brokerPort = freePort();
    private ProcessUnderTest broker;
    private ProcessUnderTest gateway;
    private int projectorManagementPort;
    private int apiPort;

    public Installation(Path data) {
        this.data = data;
        this.postgres = EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(data.resolve("postgres"), 0));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + brokerPort);
        environment.put("TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
        environment.put("DATABASE_URL", postgres.databaseUrl());
        environment.put("WEBHOOK_TOKENS", WEBHOOK_TOKEN);
        environment.put("API_TOKENS", ADMIN_TOKEN + "=platform_admin");
        environment.put("SPOOL_DIR", data.resolve("spool").toString());
        environment.put("BIND_ADDRESS", "127.0.0.1");
        environment.put("GATEWAY_PORT", Integer.toString(freePort()));
        environment.put("GATEWAY_MANAGEMENT_PORT", Integer.toString(freePort()));
        this.broker = launchBroker();
        this.gateway = launchGateway();
        this.load = new WebhookLoad(vertx, webhookUrl(), 20_260_309);
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    public ProcessUnderTest broker() {
        return broker;
    }

    public ProcessUnderTest gateway() {
        return gateway;
    }

    public WebhookLoad load() {
        return load;
    }

    Ledger ledger() {
        return load.ledger();
    }

    void restartBroker() {
        broker = launchBroker();
    }

    void restartGateway() {
        gateway = launchGateway();
    }

    /** A projector on ports of its own. */
    ProcessUnderTest launchProjector() {
        var own = new HashMap<>(environment);
        projectorManagementPort = freePort();
        apiPort = freePort();
        own.put("API_PORT", Integer.toString(apiPort));
        own.put("PROJECTOR_MANAGEMENT_PORT", Integer.toString(projectorManagementPort));
        return add(ProcessUnderTest.java(SwitchboardMain.class, own, "projector"));
    }

    public ProcessUnderTest startProjector() {
        var projector = launchProjector();
        var unused = projector.awaitLine("projector ready", START);
        return projector;
    }

    /** Waits until the spool is empty and the tables stand at the end of the topic. */
    void awaitProjected() {
        await().atMost(CATCH_UP).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(gatewayMetric("switchboard_spool_records")).isZero();
            assertThat(positions()).isEqualTo(endOffsets());
        });
    }

    /** All invariants of the ledger, and no event loop that was ever blocked (but by the test that stopped it). */
    void assertNothingLost() throws SQLException {
        System.out.println("ledger: " + ledger());
        try (var tables = Tables.open(postgres.databaseUrl())) {
            assertThat(LedgerCheck.violations(ledger(), kafka(), tables)).isEmpty();
        }
        assertThat(started)
                .filteredOn(process -> !process.wasPaused())
                .allSatisfy(process -> assertThat(process.output()).doesNotContain("has been blocked for"));
    }

    /** A sample of the gateway's metrics, without labels. */
    double gatewayMetric(String name) throws IOException, InterruptedException {
        return sum(scrape(), name, "");
    }

    /** The sum of all samples of a family whose labels contain a text. */
    static double sum(String scrape, String name, String label) {
        return scrape.lines()
                .filter(line -> (line.startsWith(name + " ") || line.startsWith(name + "{")) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    String scrape() throws IOException, InterruptedException {
        return gateway("/metrics").body();
    }

    int readiness() throws IOException, InterruptedException {
        return gateway("/readyz").statusCode();
    }

    /** A path of the query API of the projector that was launched last. */
    public URI api(String path) {
        return URI.create("http://127.0.0.1:" + apiPort + path);
    }

    /** What the gateway says of its stages. */
    String gatewayStatus() throws IOException, InterruptedException {
        return gateway("/statusz").body();
    }

    /** Of the projector that was launched last. */
    int projectorReadiness() throws IOException, InterruptedException {
        return get(projectorManagementPort, "/readyz").statusCode();
    }

    Map<Integer, Long> positions() throws SQLException {
        try (var tables = Tables.open(postgres.databaseUrl())) {
            return tables.positions(kafka().name(Topic.CALLS));
        }
    }

    KafkaSettings kafka() {
        return KafkaSettings.of(SettingsReader.of(environment));
    }

    @Override
    public void close() {
        load.close();
        started.forEach(ProcessUnderTest::close);
        postgres.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Map<Integer, Long> endOffsets() throws Exception {
        try (var admin = Admin.create(kafka().client(Map.of()))) {
            var ends = admin.listOffsets(IntStream.range(0, PARTITIONS)
                            .boxed()
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(kafka().name(Topic.CALLS), partition),
                                    partition -> OffsetSpec.latest())))
                    .all()
                    .get();
            return ends.entrySet().stream()
                    .collect(Collectors.toMap(
                            end -> end.getKey().partition(),
                            end -> end.getValue().offset()));
        }
    }

    private HttpResponse<String> gateway(String path) throws IOException, InterruptedException {
        return get(Integer.parseInt(environment.getOrDefault("GATEWAY_MANAGEMENT_PORT", "")), path);
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + port + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    public URI webhookUrl() {
        return URI.create(
                "http://127.0.0.1:" + environment.get("GATEWAY_PORT") + "/webhooks/mightycall/" + WEBHOOK_TOKEN);
    }

    private ProcessUnderTest launchBroker() {
        var process = add(ProcessUnderTest.java(
                EmbeddedKafkaMain.class, Map.of(), data.resolve("kafka").toString(), Integer.toString(brokerPort)));
        var unused = process.awaitLine("READY", START);
        return process;
    }

    private ProcessUnderTest launchGateway() {
        var process = add(ProcessUnderTest.java(SwitchboardMain.class, environment, "gateway"));
        var unused = process.awaitLine("gateway ready", START);
        return process;
    }

    private ProcessUnderTest add(ProcessUnderTest process) {
        started.add(process);
        return process;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
