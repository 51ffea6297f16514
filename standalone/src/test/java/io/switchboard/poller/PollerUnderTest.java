package io.switchboard.poller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.KafkaEventLog;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.kafka.TopicCatalog;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.standalone.embedded.LoopbackPort;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.ResourceReport;
import io.switchboard.sync.StateKey;
import io.switchboard.sync.SyncJson;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A poller on topics of its own: started, closed and started again, ordered about, and asked what the log holds. */
final class PollerUnderTest implements AutoCloseable {
    static final String ACCOUNT = "default";

    private static final AtomicInteger STARTED = new AtomicInteger();

    final KafkaSettings kafka;
    final Map<String, String> environment;
    private final Vertx vertx;
    private final KafkaEventLog orders;
    private @Nullable Poller running;

    PollerUnderTest(Vertx vertx, Infrastructure infrastructure, Map<String, String> more) {
        this.vertx = vertx;
        environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                infrastructure.bootstrapServers(),
                "TOPIC_PREFIX",
                infrastructure.topicPrefix() + STARTED.incrementAndGet() + ".",
                "TOPIC_PARTITIONS",
                "2",
                "BIND_ADDRESS",
                "127.0.0.1",
                "POLLER_MANAGEMENT_PORT",
                Integer.toString(LoopbackPort.free())));
        environment.putAll(more);
        kafka = KafkaSettings.of(SettingsReader.of(environment));
        orders = new KafkaEventLog(vertx, kafka, "orders");
    }

    void start() throws Exception {
        var reader = SettingsReader.of(environment);
        var settings = PollerSettings.of(reader);
        reader.verify();
        running = Poller.start(vertx, settings, Meters.registry("poller")).await(30, TimeUnit.SECONDS);
    }

    /** Ends this life of the poller. */
    void stop() throws Exception {
        if (running != null) {
            var closed = running.close().await(20, TimeUnit.SECONDS);
            assert closed == null;
            running = null;
        }
    }

    String managementUrl() {
        return "http://127.0.0.1:" + environment.get("POLLER_MANAGEMENT_PORT");
    }

    int readiness() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(managementUrl() + "/readyz"));
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    /** Orders as the query API does. */
    void order(String account, String id, Order.Kind kind, String... resources) throws Exception {
        var order = new Order(id, account, kind, List.of(resources), null, null, "somebody", Instant.now());
        var value = SyncJson.write(order);
        var envelope = new Envelope(
                EventId.ofBytes(account, value),
                Topic.SYNC_REQUESTS,
                account,
                Source.POLL,
                account,
                Order.TYPE,
                order.requestedAt(),
                order.requestedAt(),
                "",
                null,
                value);
        append(envelope);
    }

    /** Appends as every service does. */
    void append(Envelope envelope) throws Exception {
        until(() -> orders.knows(envelope.topic())); // the log fails at once where it would have to wait
        var position = orders.append(envelope).await(10, TimeUnit.SECONDS);
        assert position.offset() >= 0;
    }

    /** Makes the topics before any service does. */
    void ensureTopics() throws Exception {
        try (var admin = Admin.create(kafka.client(Map.of()))) {
            new TopicCatalog(kafka).ensure(admin, List.of(Topic.values()));
        }
    }

    /** Orders a sync and waits for its end. */
    Job sync(String account, String id, String... resources) throws Exception {
        order(account, id, Order.Kind.SYNC, resources);
        return awaitJob(account, id);
    }

    Job awaitJob(String account, String id) {
        until(() -> job(account, id).filter(job -> job.status().isFinal()).isPresent());
        return job(account, id).orElseThrow();
    }

    Optional<Job> job(String account, String id) {
        return state(account, StateKey.JOB_PREFIX + id, Job.class);
    }

    Optional<BudgetReport> budget(String account) {
        return state(account, StateKey.BUDGET, BudgetReport.class);
    }

    Optional<PollerReport> report(String account) {
        return state(account, StateKey.POLLER, PollerReport.class);
    }

    Optional<ResourceReport> resource(String account, Resource resource) {
        return state(account, resource.word(), ResourceReport.class);
    }

    /** Returns when every resource was read to its end once. */
    void awaitFirstCycle(String account) {
        for (var resource : Resource.values()) {
            until(() -> resource(account, resource)
                    .filter(report -> report.completeThrough() != null || report.lastSuccessAt() != null)
                    .isPresent());
        }
    }

    private <T> Optional<T> state(String account, String entry, Class<T> type) {
        return Optional.ofNullable(states().get(new StateKey(account, entry)))
                .map(json -> SyncJson.read(json, type).orElseThrow());
    }

    /** The committed entries of all accounts. */
    Map<StateKey, byte[]> states() {
        var entries = new HashMap<StateKey, byte[]>();
        for (var record : records(Topic.SYNC_STATE)) {
            var key = StateKey.parse(new String(record.key(), UTF_8));
            assertThat(key).isNotNull();
            if (record.value() == null) {
                entries.remove(key);
            } else {
                entries.put(key, record.value());
            }
        }
        return entries;
    }

    /** All events of a topic; deletions have an empty value. */
    List<Envelope> events(Topic topic) {
        var codec = new CloudEventCodec(kafka);
        return records(topic).stream()
                .map(record -> switch (codec.decode(record.topic(), record.key(), record.value(), record.headers())) {
                    case CloudEventCodec.Readable(var envelope) -> envelope;
                    case CloudEventCodec.Tombstone(var envelope) -> envelope;
                    case CloudEventCodec.Unreadable(var reason) -> throw new AssertionError(reason);
                })
                .toList();
    }

    List<Envelope> events(Resource resource) {
        return events(resource.topic()).stream()
                .filter(event -> event.type().equals(resource.type()))
                .toList();
    }

    /** What is committed of a topic, from its first record to its end as of now. */
    List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
        try (var consumer = new KafkaConsumer<>(
                kafka.client(Map.of("isolation.level", "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(kafka.name(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
            return records;
        }
    }

    static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(condition);
    }

    @Override
    public void close() throws Exception {
        stop();
        orders.close();
    }
}
