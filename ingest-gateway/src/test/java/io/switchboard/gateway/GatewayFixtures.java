package io.switchboard.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.gateway.GatewaySettings.Sender;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.runtime.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** What the gateway's tests share. */
final class GatewayFixtures {
    static final String TOKEN = "token-of-sixteen-and-more";
    static final String API_KEY = "11111111-2222-3333-4444-555555555555";
    static final long SPOOL_BYTES = 8L << 20;

    private GatewayFixtures() {}

    static GatewaySettings settings(Path spoolDir) {
        return settings(spoolDir, Optional.empty(), 4L << 20);
    }

    static GatewaySettings settings(Path spoolDir, Optional<String> requiredApiKey, long maxInFlightBytes) {
        var sender = new Sender("default", List.of(TOKEN, "another-token-of-sixteen"), requiredApiKey);
        return settings(spoolDir, List.of(sender), maxInFlightBytes);
    }

    static GatewaySettings settings(Path spoolDir, List<Sender> senders) {
        return settings(spoolDir, senders, 4L << 20);
    }

    private static GatewaySettings settings(Path spoolDir, List<Sender> senders, long maxInFlightBytes) {
        return new GatewaySettings(
                "127.0.0.1",
                0,
                0,
                senders,
                KafkaSettings.of(SettingsReader.of(Map.of())),
                spoolDir,
                SPOOL_BYTES,
                Duration.ofMillis(100),
                maxInFlightBytes);
    }

    static String webhook(String eventType, String callId) {
        return "{\"ApiKey\":\"" + API_KEY + "\",\"EventType\":\"" + eventType
                + "\",\"Timestamp\":\"2026-03-09T17:00:00.5141234Z\",\"Body\":{\"Id\":\"" + callId
                + "\",\"From\":\"+13125550117\"}}";
    }

    static Envelope envelope(long number) {
        return envelope(number, 100);
    }

    static Envelope envelope(long number, int bytes) {
        return new Envelope(
                new EventId(number, ~number),
                Topic.CALLS,
                "call-" + number,
                Source.WEBHOOK,
                "default",
                "mightycall.webhook.IncomingCall",
                Instant.ofEpochSecond(1_770_000_000L, number * 100),
                Instant.ofEpochSecond(1_770_000_001L + number, 1_000),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                number % 2 == 0 ? "application/json" : null,
                "x".repeat(bytes).getBytes(UTF_8));
    }

    /** Waits for something that another thread brings about. */
    static void until(BooleanSupplier condition) {
        Awaitility.await()
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .atMost(5, TimeUnit.SECONDS)
                .until(condition::getAsBoolean);
    }
}
