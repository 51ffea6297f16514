package io.switchboard.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Topic;
import io.switchboard.poller.Poller;
import io.switchboard.poller.PollerSettings;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.poller.provider.MightyCallClient;
import io.switchboard.poller.provider.ProviderAnswer.Page;
import io.switchboard.poller.provider.ProviderMetrics;
import io.switchboard.poller.provider.TokenAnswer;
import io.switchboard.projector.LiveApi.Reply;
import io.switchboard.runtime.Accounts;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.simulator.Simulator;
import io.switchboard.simulator.SimulatorSettings;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people have done at the provider, from the API through Kafka and the poller to the simulated MightyCall. */
@ExtendWith(RealInfrastructure.class)
class CommandsIT {
    private static final String KEYS = """
            - id: east
              api_key: 5f1c0de0-0000-4a11-8b22-00000000a001
              user_key: simulated-user-key
              base_url: http://127.0.0.1:%d/v4
            """;
    private static final String BUSINESS = "+12025550143";
    private static final String CLIENT = "+13125550117";

    @TempDir
    static Path folder;

    private static final Vertx VERTX = Vertx.vertx();
    private static LiveApi api;
    private static FakePoller log;
    private static MightyCallClient provider;
    private static Simulator simulator;
    private static Poller poller;

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        simulator = await(Simulator.start(
                VERTX,
                SimulatorSettings.of(SettingsReader.of(Map.of(
                        "SIMULATOR_PORT", "0",
                        "SIMULATOR_CALLS_PER_MINUTE", "0",
                        "SIMULATOR_TEXTS_PER_MINUTE", "0")))));
        api = LiveApi.start(infrastructure, Map.of(), folder);
        log = new FakePoller(api.settings.kafka());
        var environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                infrastructure.bootstrapServers(),
                "TOPIC_PREFIX",
                infrastructure.topicPrefix(),
                "TOPIC_PARTITIONS",
                "2",
                "BIND_ADDRESS",
                "127.0.0.1",
                PollerSettings.MANAGEMENT_PORT,
                "0"));
        environment.put(
                Accounts.FILE,
                Files.writeString(folder.resolve("keys.yaml"), KEYS.formatted(simulator.port()))
                        .toString());
        var settings = PollerSettings.of(SettingsReader.of(environment));
        poller = await(Poller.start(VERTX, settings, Meters.registry("sync-poller")));
        provider = new MightyCallClient(
                VERTX,
                settings.accounts().getFirst(),
                new ProviderMetrics(Meters.registry("test")),
                InstantSource.system(),
                MightyCallClient.USUAL_TIMEOUT);
        assertThat(await(provider.logIn())).isInstanceOf(TokenAnswer.Granted.class);
    }

    @AfterAll
    static void stop() throws Exception {
        log.close();
        api.close();
        var closed = VERTX.close().await(20, TimeUnit.SECONDS);
        assert closed == null;
    }

    @Test
    void aMessageIsSentOnceThoughItsOrderIsDeliveredTwice() {
        var text = "Your table is ready, " + System.nanoTime();
        var body = "{\"account\":\"east\",\"from\":\"%s\",\"to\":[\"%s\"],\"text\":\"%s\"}"
                .formatted(BUSINESS, CLIENT, text);

        var reply = api.post("/v1/messages", "s", body, "Idempotency-Key", "m1");
        var again = api.post("/v1/messages", "s", body, "Idempotency-Key", "m1");
        deliverAgain(id(reply));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("kind").asText()).isEqualTo("command");
        assertThat(reply.json().path("command").asText()).isEqualTo("send-message");
        assertThat(id(again)).isEqualTo(id(reply));
        awaitStatus(id(reply), "done");
        deliverAgain(id(reply));
        var after = api.post("/v1/messages", "s", body.replace(text, "after " + text), "Idempotency-Key", "m2");
        awaitStatus(id(after), "done");
        assertThat(journal("\"" + text)).isOne();
        assertThat(journal("\"after " + text)).isOne();

        assertThat(api.column("select job::text from job")).noneMatch(row -> row.matches("(?s).*(5550117|5550143).*"));
        assertThat(api.column("select audit_entry::text from audit_entry"))
                .anyMatch(row -> row.contains("send-message.order"))
                .noneMatch(row -> row.matches("(?s).*(5550117|5550143).*"));
        assertThat(api.column("select answer::text from idempotency_key"))
                .noneMatch(row -> row.matches("(?s).*(5550117|5550143).*"));
        assertThat(lastState("east/job/" + id(reply))).contains("\"done\"").doesNotContain("5550117", text);
    }

    @Test
    void aRefusalNamesTheFieldAndNoNumber() {
        var body = "{\"account\":\"east\",\"from\":\"12\",\"to\":\"%s\"}".formatted(CLIENT);

        var reply = api.post("/v1/calls", "a", body);

        awaitStatus(id(reply), "failed");
        var job = api.get("/v1/jobs/" + id(reply), "a").json();
        assertThat(job.path("error").asText()).isEqualTo("provider-refused");
        assertThat(job.path("detail").asText()).contains("model.From").doesNotContain("5550117", "5550143");
    }

    @Test
    void aContactIsMadeChangedAndDeletedAndSoIsAComment() {
        done(api.post(
                "/v1/contacts", "s", "{\"account\":\"east\",\"first_name\":\"Ada\",\"phones\":[\"" + CLIENT + "\"]}"));
        LiveApi.until(() -> !contact("Ada").isEmpty());
        var id = contact("Ada").getFirst();
        var change = "{\"account\":\"east\",\"first_name\":\"Grace\",\"phones\":[\"" + CLIENT + "\"]%s}";

        var stale = api.send("PUT", "/v1/contacts/" + id, "s", change.formatted(",\"etag\":\"other\""));
        awaitStatus(id(stale), "failed");
        done(api.send("PUT", "/v1/contacts/" + id, "s", change.formatted("")));
        LiveApi.until(() -> !contact("Grace").isEmpty());
        done(api.send("DELETE", "/v1/contacts/" + id + "?account=east", "s", ""));
        var missing = api.send("DELETE", "/v1/journal/5b0d4d3ba3ccdd1e4c1a2b3c/comment?account=east", "s", "");
        awaitStatus(id(missing), "failed");
        done(api.send("PUT", "/v1/agents/me/status", "s", "{\"account\":\"east\",\"status\":\"dnd\"}"));
    }

    private static void done(Reply reply) {
        assertThat(reply.status()).isEqualTo(202);
        awaitStatus(id(reply), "done");
    }

    private static List<String> contact(String firstName) {
        return api.column(
                "select contact_id from contact where deleted_at is null and first_name = '" + firstName + "'");
    }

    /** Rows of the simulated journal that hold the text. */
    private static long journal(String text) {
        var now = Instant.now();
        var page = await(provider.fetch(
                new ProviderRequest.Journal(now.minus(Duration.ofHours(1)), now.plusSeconds(60), 1, 1_000)));
        assertThat(page).isInstanceOf(Page.class);
        return ((Page) page)
                .records().stream()
                        .filter(record -> new String(record.value(), UTF_8).contains(text))
                        .count();
    }

    /** As a producer that did not hear that the brokers had it. */
    private static void deliverAgain(String job) {
        var kafka = api.settings.kafka();
        var order = log.records().stream()
                .filter(one -> new String(one.value(), UTF_8).contains(job))
                .findFirst()
                .orElseThrow();
        try (var producer =
                new KafkaProducer<>(kafka.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(
                    order.topic(), order.partition(), order.key(), order.value(), order.headers()));
            producer.flush();
        }
    }

    /** The newest value of a key of sync-state. */
    private static String lastState(String key) {
        var kafka = api.settings.kafka();
        try (var consumer =
                new KafkaConsumer<>(kafka.client(Map.of()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = new ArrayList<TopicPartition>();
            for (var partition : consumer.partitionsFor(kafka.name(Topic.SYNC_STATE))) {
                partitions.add(new TopicPartition(partition.topic(), partition.partition()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var last = "";
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    last = key.equals(new String(record.key(), UTF_8)) ? new String(record.value(), UTF_8) : last;
                }
            }
            return last;
        }
    }

    private static void awaitStatus(String job, String status) {
        LiveApi.until(() -> {
            var found = api.get("/v1/jobs/" + job, "a").json().path("status").asText();
            return found.equals(status);
        });
    }

    private static String id(Reply reply) {
        return reply.json().path("id").asText();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
