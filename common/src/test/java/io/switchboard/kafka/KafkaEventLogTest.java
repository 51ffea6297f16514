package io.switchboard.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.runtime.StartFailure;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log while no broker answers. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class KafkaEventLogTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "no-such-host.invalid:9092"})
    void anAppendFailsAtOnceInsteadOfWaiting(String brokers) {
        try (var log = log(brokers, Map.of())) {
            var before = System.nanoTime();
            for (var i = 0; i < 100; i++) {
                assertThat(log.append(envelope()).failed()).isTrue();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
            assertThat(log.knows(Topic.CALLS)).isFalse();
            assertThat(log.acknowledgedSince(before)).isFalse();
        }
    }

    @Test
    void anAppendAfterTheCloseFails() {
        var log = log("127.0.0.1:1", Map.of());
        log.close();

        assertThat(log.append(envelope()).failed()).isTrue();
        assertThat(log.knows(Topic.CALLS)).isFalse();
    }

    @Test
    void aSettingThatTheClientRefusesRefusesTheStart() {
        assertThatThrownBy(() -> log("127.0.0.1:1", Map.of("KAFKA_CLIENT_ACKS", "some")))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("Kafka's client refuses its settings (KAFKA_*): ");
    }

    private KafkaEventLog log(String brokers, Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", brokers);
        return new KafkaEventLog(vertx, KafkaSettings.of(SettingsReader.of(environment)), "test");
    }

    private static Envelope envelope() {
        return new Envelope(
                new EventId(1, 2),
                Topic.CALLS,
                "c",
                Source.WEBHOOK,
                "default",
                "mightycall.webhook.IncomingCall",
                Instant.EPOCH,
                Instant.EPOCH,
                "",
                null,
                new byte[] {'{', '}'});
    }
}
