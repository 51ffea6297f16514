package io.switchboard.projector.repair;

import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.projector.projection.ProjectionMetrics;
import io.switchboard.projector.projection.RecordDecoder;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** What a rebuild works with. */
record RebuildTools(
        Vertx vertx,
        PgConnectOptions database,
        KafkaSettings kafka,
        ProjectionMetrics metrics,
        LogReader log,
        RecordDecoder decoder,
        RepairRun run,
        Pace pace) {

    /** Topics that are replayed and rebuilt from. What pollers say of themselves is kept by the latest word alone. */
    static final List<Topic> TOPICS = ProjectionMetrics.TOPICS.stream()
            .filter(topic -> topic != Topic.SYNC_STATE)
            .toList();

    private static final int CONNECT_SECONDS = 5;

    /** A connection of one's own, on which a statement may take as long as it takes. */
    SqlConnection connect() {
        var options = new PgConnectOptions(database)
                .addProperty("application_name", "switchboard-rebuild")
                .addProperty("statement_timeout", "0")
                .addProperty("client_min_messages", "warning")
                .addProperty("jit", "off");
        try {
            return PgConnection.connect(vertx, options).await(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Postgres does not answer", e);
        }
    }

    List<TopicPartition> partitions() {
        return TOPICS.stream()
                .flatMap(topic -> partitions(kafka, topic).stream())
                .toList();
    }

    static List<TopicPartition> partitions(KafkaSettings kafka, Topic topic) {
        return IntStream.range(0, kafka.partitions())
                .mapToObj(partition -> new TopicPartition(kafka.name(topic), partition))
                .toList();
    }
}
