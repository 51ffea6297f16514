package io.switchboard.poller.provider;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The client's meters, all declared from the start; every label has a closed set of values. One for all accounts. */
public final class ProviderMetrics {
    private static final String OK = "ok";
    private static final Duration[] SECONDS_BUCKETS = Stream.of(
                    50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 30_000L)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<Endpoint, Map<String, Counter>> requests = new EnumMap<>(Endpoint.class);
    private final Map<Endpoint, Timer> durations = new EnumMap<>(Endpoint.class);
    private final Map<Resource, Counter> unknownMembers = new EnumMap<>(Resource.class);

    public ProviderMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (var endpoint : Endpoint.values()) {
            var counters = new HashMap<String, Counter>();
            Stream.concat(Stream.of(OK), Arrays.stream(Failure.Kind.values()).map(Failure.Kind::word))
                    .forEach(outcome -> counters.put(outcome, requests(endpoint, outcome)));
            requests.put(endpoint, counters);
            durations.put(endpoint, duration(endpoint));
        }
        for (var resource : Resource.values()) {
            unknownMembers.put(resource, unknownMembers(resource));
        }
    }

    void succeeded(Endpoint endpoint, long nanos) {
        answered(endpoint, OK, nanos);
    }

    void failed(Endpoint endpoint, Failure.Kind kind, long nanos) {
        answered(endpoint, kind.word(), nanos);
    }

    void unknownMembers(Resource resource, int count) {
        Objects.requireNonNull(unknownMembers.get(resource)).increment(count);
    }

    private void answered(Endpoint endpoint, String outcome, long nanos) {
        var counters = Objects.requireNonNull(requests.get(endpoint));
        Objects.requireNonNull(counters.get(outcome)).increment();
        Objects.requireNonNull(durations.get(endpoint)).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter requests(Endpoint endpoint, String outcome) {
        return Counter.builder("switchboard.provider.requests")
                .description("Requests made to the provider, by how they ended.")
                .tag("endpoint", endpoint.word())
                .tag("outcome", outcome)
                .register(registry);
    }

    private Timer duration(Endpoint endpoint) {
        return Timer.builder("switchboard.provider.request.duration")
                .description("From the request to the last byte of its answer, or to giving up.")
                .tag("endpoint", endpoint.word())
                .serviceLevelObjectives(SECONDS_BUCKETS)
                .register(registry);
    }

    private Counter unknownMembers(Resource resource) {
        return Counter.builder("switchboard.provider.unknown.members")
                .description("Members of rows that no document describes: the provider has changed something.")
                .tag("resource", resource.word())
                .register(registry);
    }
}
