package io.switchboard.projector.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The meters of the query API: one set per documented route, and one for whatever matches none. */
final class ApiMetrics {
    /** The route of requests that match none. */
    static final String UNMATCHED = "unmatched";

    private static final List<String> STATUS_CLASSES = List.of("2xx", "3xx", "4xx", "5xx");
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final Map<String, RouteMeters> meters = new HashMap<>();

    private record RouteMeters(Map<String, Counter> requests, Timer duration) {}

    /** Declares every family from the start, so that a rate has a beginning. */
    ApiMetrics(MeterRegistry registry, Collection<String> routes) {
        routes.forEach(route -> meters.put(route, declare(registry, route)));
        meters.put(UNMATCHED, declare(registry, UNMATCHED));
    }

    void record(String route, int status, Duration duration) {
        var of = meters.get(route);
        var counter = of == null ? null : of.requests().get(status / 100 + "xx");
        if (of != null && counter != null) {
            counter.increment();
            of.duration().record(duration);
        }
    }

    private static RouteMeters declare(MeterRegistry registry, String route) {
        var requests = new HashMap<String, Counter>();
        for (var statusClass : STATUS_CLASSES) {
            requests.put(
                    statusClass,
                    Counter.builder("switchboard.api.requests")
                            .description("Requests answered by the query API.")
                            .tag("route", route)
                            .tag("status_class", statusClass)
                            .register(registry));
        }
        var duration = Timer.builder("switchboard.api.request.duration")
                .description("From the request's head to the end of its answer.")
                .tag("route", route)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
        return new RouteMeters(Map.copyOf(requests), duration);
    }
}
