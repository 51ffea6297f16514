package io.switchboard.standalone;

import io.switchboard.gateway.Gateway;
import io.switchboard.gateway.GatewaySettings;
import io.switchboard.poller.Poller;
import io.switchboard.poller.PollerSettings;
import io.switchboard.projector.Projector;
import io.switchboard.projector.ProjectorSettings;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.simulator.Simulator;
import io.switchboard.simulator.SimulatorSettings;
import java.util.List;
import java.util.concurrent.Callable;

/** What each command runs, in the order of its start. */
final class Services {

    static final Component SIMULATOR = new Component("simulator", List.of(Port.SIMULATOR), Services::simulator);

    static final Component GATEWAY =
            new Component("gateway", List.of(Port.GATEWAY, Port.GATEWAY_MANAGEMENT), Services::gateway);

    static final Component PROJECTOR =
            new Component("projector", List.of(Port.API, Port.PROJECTOR_MANAGEMENT), Services::projector);

    static final Component POLLER = new Component("poller", List.of(Port.POLLER_MANAGEMENT), Services::poller);

    static final List<Component> DEMO = List.of(PROJECTOR, GATEWAY, SIMULATOR, POLLER);

    static final List<Component> UP = List.of(PROJECTOR, GATEWAY, POLLER);

    private Services() {}

    private static Callable<ServiceRuntime> gateway(SettingsReader reader) {
        var settings = GatewaySettings.of(reader);
        return () -> ServiceRuntime.start(
                vertx -> Gateway.start(vertx, settings, Meters.registry("ingest-gateway")), Gateway::close);
    }

    private static Callable<ServiceRuntime> projector(SettingsReader reader) {
        var settings = ProjectorSettings.of(reader);
        return () -> ServiceRuntime.start(
                vertx -> Projector.start(vertx, settings, Meters.registry("projector")), Projector::close);
    }

    private static Callable<ServiceRuntime> poller(SettingsReader reader) {
        var settings = PollerSettings.of(reader);
        return () -> ServiceRuntime.start(
                vertx -> Poller.start(vertx, settings, Meters.registry("sync-poller")), Poller::close);
    }

    private static Callable<ServiceRuntime> simulator(SettingsReader reader) {
        var settings = SimulatorSettings.of(reader);
        return () -> ServiceRuntime.start(vertx -> Simulator.start(vertx, settings), Simulator::close);
    }
}
