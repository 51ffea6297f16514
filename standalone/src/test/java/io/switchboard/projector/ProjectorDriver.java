package io.switchboard.projector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchboard.event.Envelope;
import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.projector.projection.ProjectionMetrics;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.vertx.core.Vertx;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Projectors on real servers, what is appended for them, and the tables they leave. */
final class ProjectorDriver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> RESOURCES = List.of(
            "journal_entry",
            "voicemail",
            "phone_number",
            "contact",
            "team_member",
            "extension_source",
            "extension",
            "agent_status",
            "agent_status_seen");

    private final ProjectorSettings settings;
    private final String databaseUrl;
    private final Vertx vertx = Vertx.vertx();
    private final List<Projector> projectors = new ArrayList<>();
    private final PrometheusMeterRegistry meters = Meters.registry("projector");
    private final KafkaProducer<byte[], byte[]> producer;
    private final CloudEventCodec codec;

    ProjectorDriver(String bootstrapServers, String databaseUrl, String prefix) {
        this.databaseUrl = databaseUrl;
        var reader = SettingsReader.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "TOPIC_PREFIX",
                prefix,
                "TOPIC_PARTITIONS",
                "4",
                "DATABASE_URL",
                databaseUrl,
                "PROJECTOR_MANAGEMENT_PORT",
                "0",
                "API_PORT",
                "0"));
        this.settings = ProjectorSettings.of(reader);
        reader.verify();
        this.codec = new CloudEventCodec(settings.kafka());
        this.producer = new KafkaProducer<>(
                settings.kafka().client(Map.of("linger.ms", 5)), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Projector start() throws Exception {
        var projector = Projector.start(vertx, settings, meters).await(60, TimeUnit.SECONDS);
        projectors.add(projector);
        return projector;
    }

    /** What the projectors have counted together, of all labels. */
    double counted(String meter) {
        return meters.find(meter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    void stop(Projector projector) throws Exception {
        projectors.remove(projector);
        var closed = projector.close().await(10, TimeUnit.SECONDS);
        assert closed == null;
    }

    /** Returns when all are acknowledged. An envelope of an empty value on a compacted topic is a tombstone. */
    void append(List<Envelope> envelopes) throws Exception {
        var acknowledgements = new ArrayList<Future<RecordMetadata>>();
        for (var envelope : envelopes) {
            var isTombstone = envelope.value().length == 0 && envelope.topic().cleanup() == Topic.Cleanup.COMPACT;
            acknowledgements.add(producer.send(isTombstone ? codec.encodeTombstone(envelope) : codec.encode(envelope)));
        }
        for (var acknowledgement : acknowledgements) {
            var metadata = acknowledgement.get();
            assert metadata.hasOffset();
        }
    }

    String databaseUrl() {
        return databaseUrl;
    }

    ProjectorSettings settings() {
        return settings;
    }

    /** Until every position stands at the end that its partition has now. */
    void awaitCaughtUp() {
        awaitCaughtUp(PATIENCE);
    }

    void awaitCaughtUp(Duration patience) {
        var ends = ends();
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> ends.equals(positions()));
    }

    Map<String, Long> ends() {
        var ends = new TreeMap<String, Long>();
        try (var consumer = consumer()) {
            var partitions = new ArrayList<TopicPartition>();
            for (var topic : ProjectionMetrics.TOPICS) {
                for (var i = 0; i < settings.kafka().partitions(); i++) {
                    partitions.add(new TopicPartition(settings.kafka().name(topic), i));
                }
            }
            consumer.endOffsets(partitions).forEach((partition, end) -> {
                if (end > 0) {
                    ends.put(partition.toString(), end);
                }
            });
        }
        return ends;
    }

    Map<String, Long> positions() throws SQLException {
        var positions = new TreeMap<String, Long>();
        for (var row :
                rows("select topic || '-' || partition, next_offset from projection_position where next_offset > 0")) {
            positions.put(row.get(0), Long.parseLong(row.get(1)));
        }
        return positions;
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        try (var consumer = consumer()) {
            var partitions = new ArrayList<TopicPartition>();
            for (var i = 0; i < settings.kafka().partitions(); i++) {
                partitions.add(new TopicPartition(settings.kafka().name(Topic.DEAD_LETTERS), i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** Rows as text; null reads {@code null}. */
    List<List<String>> rows(String sql) throws SQLException {
        try (var connection = connect();
                var found = connection.createStatement().executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            var columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (var i = 1; i <= columns; i++) {
                    row.add(String.valueOf(found.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            var results = statement.execute(sql);
            assert !results || results;
        }
    }

    /** The tables without what tells when and by whom they were written. */
    Map<String, List<List<String>>> tables() throws SQLException {
        var tables = new HashMap<String, List<List<String>>>();
        tables.put("call", rows("select to_jsonb(c) - 'updated_at' from call c order by account, call_id"));
        tables.put("call_leg", rows("select to_jsonb(l) from call_leg l order by account, call_id, position"));
        tables.put("call_event", rows("""
                        select to_jsonb(e) - 'projected_at' - 'replicated_at' - 'kafka_offset' - 'partition' - 'topic'
                        from call_event e order by account, event_id"""));
        for (var table : RESOURCES) {
            tables.put(table, rows("select to_jsonb(t) - 'updated_at' as row from " + table + " t order by row"));
        }
        return tables;
    }

    Connection connect() throws SQLException {
        var url = URI.create(databaseUrl);
        var user = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), user[0], user[1]);
    }

    @Override
    public void close() throws Exception {
        for (var projector : List.copyOf(projectors)) {
            stop(projector);
        }
        producer.close(Duration.ofSeconds(2));
        var closed = vertx.close().await(10, TimeUnit.SECONDS);
        assert closed == null;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                settings.kafka().client(Map.of()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
