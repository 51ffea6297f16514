package io.switchboard.projector.api.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of the stream. */
final class StreamMetrics {
    private final AtomicInteger clients = new AtomicInteger();
    private final Counter resyncs;
    private final Counter dropped;

    StreamMetrics(MeterRegistry registry) {
        Gauge.builder("switchboard.stream.clients", clients, AtomicInteger::get)
                .description("Clients that follow the stream of changes.")
                .register(registry);
        resyncs = Counter.builder("switchboard.stream.resyncs")
                .description("Clients told that the stream cannot go on from where they stood.")
                .register(registry);
        dropped = Counter.builder("switchboard.stream.dropped.clients")
                .description("Clients cut because they did not read.")
                .register(registry);
    }

    void clients(int count) {
        clients.set(count);
    }

    void resync() {
        resyncs.increment();
    }

    void dropped() {
        dropped.increment();
    }
}
