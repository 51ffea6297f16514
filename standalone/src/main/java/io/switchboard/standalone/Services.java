package io.switchboard.standalone;

import io.switchboard.gateway.Gateway;
import io.switchboard.gateway.GatewaySettings;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.runtime.StartFailure;
import java.util.List;
import java.util.Map;

/** What each command runs, in the order of its start. */
final class Services {

    static final Component SIMULATOR = new Component("simulator", List.of(Port.SIMULATOR), missing("simulator"));

    static final Component GATEWAY =
            new Component("gateway", List.of(Port.GATEWAY, Port.GATEWAY_MANAGEMENT), Services::gateway);

    static final Component PROJECTOR =
            new Component("projector", List.of(Port.API, Port.PROJECTOR_MANAGEMENT), missing("projector"));

    static final List<Component> DEMO = List.of(PROJECTOR, GATEWAY, SIMULATOR);

    static final List<Component> UP = List.of(PROJECTOR, GATEWAY);

    private Services() {}

    private static AutoCloseable gateway(Map<String, String> environment) {
        var reader = SettingsReader.of(environment);
        var settings = GatewaySettings.of(reader);
        reader.verify();
        return ServiceRuntime.start(
                vertx -> Gateway.start(vertx, settings, Meters.registry("ingest-gateway")), Gateway::close);
    }

    private static Component.Starter missing(String name) {
        return environment -> {
            throw new StartFailure("this build has no " + name + " yet");
        };
    }
}
