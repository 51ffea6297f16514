package io.switchboard.standalone;

import io.switchboard.standalone.embedded.StartFailure;
import java.util.List;

/** What each command runs, in the order of its start. */
final class Services {

    static final Component SIMULATOR = new Component("simulator", List.of(Port.SIMULATOR), missing("simulator"));

    static final Component GATEWAY =
            new Component("gateway", List.of(Port.GATEWAY, Port.GATEWAY_MANAGEMENT), missing("gateway"));

    static final Component PROJECTOR =
            new Component("projector", List.of(Port.API, Port.PROJECTOR_MANAGEMENT), missing("projector"));

    static final List<Component> DEMO = List.of(PROJECTOR, GATEWAY, SIMULATOR);

    static final List<Component> UP = List.of(PROJECTOR, GATEWAY);

    private Services() {}

    private static Component.Starter missing(String name) {
        return environment -> {
            throw new StartFailure("this build has no " + name + " yet");
        };
    }
}
