package io.switchboard.standalone;

import io.switchboard.standalone.embedded.EmbeddedKafka;
import io.switchboard.standalone.embedded.EmbeddedPostgres;
import java.util.Map;

/** Every port that Switchboard opens: its variable and its default. */
enum Port {
    GATEWAY("GATEWAY_PORT", 8080),
    GATEWAY_MANAGEMENT("GATEWAY_MANAGEMENT_PORT", 9080),
    API("API_PORT", 8081),
    PROJECTOR_MANAGEMENT("PROJECTOR_MANAGEMENT_PORT", 9081),
    POLLER_MANAGEMENT("POLLER_MANAGEMENT_PORT", 9082),
    SIMULATOR("SIMULATOR_PORT", 8090),
    KAFKA(EmbeddedKafka.PORT_VARIABLE, EmbeddedKafka.DEFAULT_PORT),
    POSTGRES(EmbeddedPostgres.PORT_VARIABLE, EmbeddedPostgres.DEFAULT_PORT);

    static final int HIGHEST = 65_535;

    private final String variable;
    private final int standard;

    Port(String variable, int standard) {
        this.variable = variable;
        this.standard = standard;
    }

    String variable() {
        return variable;
    }

    int standard() {
        return standard;
    }

    /** As settled in an {@link Environment}. */
    int in(Map<String, String> environment) {
        return Integer.parseInt(environment.getOrDefault(variable, String.valueOf(standard)));
    }
}
