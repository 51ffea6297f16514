package io.switchboard.runtime;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;

/** Makes the one meter registry of a service. */
public final class Meters {
    private Meters() {}

    /**
     * A registry with the process's own meters and {@code switchboard_build_info}. Each service has its own, so that two
     * services in one JVM do not report each other's.
     *
     * @param service name of the service, such as {@code ingest-gateway}
     */
    public static PrometheusMeterRegistry registry(String service) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        bindGc(registry);
        // Micrometer strips the reserved suffix _info, so this one is registered with the Prometheus client itself.
        Info.builder()
                .name("switchboard_build_info")
                .help("Which build runs here.")
                .labelNames("version", "service", "java")
                .register(registry.getPrometheusRegistry())
                .setLabelValues(
                        BuildInfo.load().version(), service, Runtime.version().toString());
        return registry;
    }

    @SuppressWarnings("resource") // lives as long as the process
    private static void bindGc(PrometheusMeterRegistry registry) {
        new JvmGcMetrics().bindTo(registry);
    }
}
