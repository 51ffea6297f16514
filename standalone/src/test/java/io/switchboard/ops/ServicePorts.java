package io.switchboard.ops;

import io.switchboard.gateway.GatewaySettings;
import io.switchboard.poller.PollerSettings;
import io.switchboard.projector.ProjectorSettings;
import io.switchboard.projector.api.ApiSettings;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.simulator.SimulatorSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A service as its settings class describes it.
 *
 * @param name of the service in the compose file and in Prometheus
 * @param command of {@code ./switchboard} that runs it
 * @param ports reads the settings; the value of each port variable
 * @param managementPort the variable of its management port; empty when it has none
 */
record ServicePorts(
        String name,
        String command,
        Function<SettingsReader, Map<String, Integer>> ports,
        Optional<String> managementPort) {

    static final List<ServicePorts> ALL = List.of(
            new ServicePorts(
                    "ingest-gateway", "gateway", ServicePorts::gateway, Optional.of("GATEWAY_MANAGEMENT_PORT")),
            new ServicePorts(
                    "projector", "projector", ServicePorts::projector, Optional.of(ProjectorSettings.MANAGEMENT_PORT)),
            new ServicePorts(
                    "sync-poller", "poller", ServicePorts::poller, Optional.of(PollerSettings.MANAGEMENT_PORT)),
            new ServicePorts("simulator", "simulator", ServicePorts::simulator, Optional.empty()));

    private static Map<String, Integer> gateway(SettingsReader reader) {
        var settings = GatewaySettings.of(reader);
        return Map.of("GATEWAY_PORT", settings.port(), "GATEWAY_MANAGEMENT_PORT", settings.managementPort());
    }

    private static Map<String, Integer> projector(SettingsReader reader) {
        var settings = ProjectorSettings.of(reader);
        var api = ApiSettings.of(reader).address().port();
        return Map.of(ApiSettings.PORT, api, ProjectorSettings.MANAGEMENT_PORT, settings.managementPort());
    }

    private static Map<String, Integer> poller(SettingsReader reader) {
        return Map.of(PollerSettings.MANAGEMENT_PORT, PollerSettings.of(reader).managementPort());
    }

    private static Map<String, Integer> simulator(SettingsReader reader) {
        return Map.of("SIMULATOR_PORT", SimulatorSettings.of(reader).port());
    }

    /** Every variable that the service asks for; a trailing {@code *} stands for a prefix. */
    Set<String> variables() {
        var reader = SettingsReader.of(Map.of());
        var unused = ports.apply(reader);
        return reader.names();
    }

    Map<String, Integer> defaults() {
        return ports.apply(SettingsReader.of(Map.of()));
    }

    @Override
    public String toString() {
        return name;
    }
}
