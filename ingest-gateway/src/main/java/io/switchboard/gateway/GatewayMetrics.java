package io.switchboard.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.switchboard.call.EventName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The gateway's meters, all declared from the start; every label has a closed set of values. */
public final class GatewayMetrics {
    private static final String OTHER = "other";
    private static final Duration[] SECONDS_BUCKETS = Stream.of(
                    1L, 2L, 5L, 10L, 25L, 50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final Duration[] AGE_BUCKETS = Stream.of(
                    100L, 500L, 1_000L, 2_000L, 5_000L, 10_000L, 60_000L, 600_000L)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** How a request ended. */
    public enum Outcome {
        ACCEPTED,
        QUARANTINED,
        VALIDATED,
        REJECTED_AUTH,
        REJECTED_TOO_LARGE,
        REJECTED_TIMEOUT,
        SHED,
        ERROR;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final MeterRegistry registry;
    private final Map<String, Counter> acceptedRequests = new HashMap<>();
    private final Map<Outcome, Counter> otherRequests = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Timer> durations = new EnumMap<>(Outcome.class);
    private final Map<Durability, Map<String, Counter>> events = new EnumMap<>(Durability.class);
    private final Timer eventAge;
    private final Timer publish;
    private final Counter circuitOpenings;

    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (var outcome : Outcome.values()) {
            otherRequests.put(outcome, requests(outcome, OTHER));
            durations.put(outcome, duration(outcome));
        }
        for (var durability : Durability.values()) {
            events.put(durability, new HashMap<>());
        }
        Stream.concat(Arrays.stream(EventName.values()).map(EventName::wire), Stream.of(OTHER))
                .forEach(this::declare);
        this.eventAge = Timer.builder("switchboard.webhook.event.age")
                .description("From the provider's Timestamp to the receipt: the provider's delay, not ours.")
                .serviceLevelObjectives(AGE_BUCKETS)
                .register(registry);
        this.publish = Timer.builder("switchboard.publish.duration")
                .description("From the offer of an event to Kafka to the acknowledgement of all in-sync replicas.")
                .serviceLevelObjectives(SECONDS_BUCKETS)
                .register(registry);
        this.circuitOpenings = Counter.builder("switchboard.gateway.circuit.openings")
                .description("How often the brokers fell silent and events went to the spool without waiting.")
                .register(registry);
    }

    /** Exposes the spool's own figures. */
    void watch(Spool spool) {
        gauge(
                "switchboard.spool.records",
                "Events in the spool.",
                spool,
                s -> s.status().records());
        gauge(
                "switchboard.spool.bytes",
                "What they count towards SPOOL_MAX_BYTES.",
                spool,
                s -> s.status().bytes());
        gauge(
                "switchboard.spool.oldest.timestamp.seconds",
                "Receipt of the oldest spooled event; 0 when the spool is empty.",
                spool,
                s -> s.status().oldestMillis() / 1_000.0);
        gauge(
                "switchboard.spool.accepting",
                "1 when an event could be spooled now.",
                spool,
                s -> s.status().accepting() ? 1 : 0);
    }

    /** The label for a provider's event type: its documented name, or {@code other}. */
    static String typeLabel(@Nullable String eventType) {
        return eventType == null
                ? OTHER
                : EventName.of(eventType).map(EventName::wire).orElse(OTHER);
    }

    void answered(Outcome outcome, String typeLabel, long nanos) {
        var counter = outcome == Outcome.ACCEPTED ? acceptedRequests.get(typeLabel) : otherRequests.get(outcome);
        Objects.requireNonNull(counter).increment();
        Objects.requireNonNull(durations.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A request whose headers never came counts too. */
    void headersTimedOut(long nanos) {
        answered(Outcome.REJECTED_TIMEOUT, OTHER, nanos);
    }

    void event(String typeLabel, Durability durability) {
        Objects.requireNonNull(Objects.requireNonNull(events.get(durability)).get(typeLabel))
                .increment();
    }

    void eventAge(Instant occurredAt, Instant receivedAt) {
        eventAge.record(Duration.between(occurredAt, receivedAt));
    }

    void published(long nanos) {
        publish.record(nanos, TimeUnit.NANOSECONDS);
    }

    void circuitOpened() {
        circuitOpenings.increment();
    }

    private void declare(String typeLabel) {
        acceptedRequests.put(typeLabel, requests(Outcome.ACCEPTED, typeLabel));
        events.forEach((durability, counters) -> counters.put(
                typeLabel,
                Counter.builder("switchboard.webhook.events")
                        .description("Events made durable, by where.")
                        .tag("event_type", typeLabel)
                        .tag("durability", durability.word())
                        .register(registry)));
    }

    private Counter requests(Outcome outcome, String typeLabel) {
        return Counter.builder("switchboard.webhook.requests")
                .description("Requests by how they ended; an array counts once.")
                .tag("outcome", outcome.label())
                .tag("event_type", typeLabel)
                .register(registry);
    }

    private Timer duration(Outcome outcome) {
        return Timer.builder("switchboard.webhook.request.duration")
                .description("From the first line of a request to its answer.")
                .tag("outcome", outcome.label())
                .serviceLevelObjectives(SECONDS_BUCKETS)
                .register(registry);
    }

    private void gauge(String name, String description, Spool spool, ToDoubleFunction<Spool> value) {
        Gauge.builder(name, spool, value).description(description).register(registry);
    }
}
