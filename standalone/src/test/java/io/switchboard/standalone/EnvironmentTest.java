package io.switchboard.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.runtime.InvalidSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void portsHaveTheirDocumentedDefaults() {
        var environment = Environment.of(Map.of(), 0).asMap();

        assertThat(environment)
                .containsOnly(
                        Map.entry("GATEWAY_PORT", "8080"),
                        Map.entry("GATEWAY_MANAGEMENT_PORT", "9080"),
                        Map.entry("API_PORT", "8081"),
                        Map.entry("PROJECTOR_MANAGEMENT_PORT", "9081"),
                        Map.entry("POLLER_MANAGEMENT_PORT", "9082"),
                        Map.entry("SIMULATOR_PORT", "8090"),
                        Map.entry("EMBEDDED_KAFKA_PORT", "19092"),
                        Map.entry("EMBEDDED_POSTGRES_PORT", "15432"));
    }

    @Test
    void offsetMovesEveryPortWhetherSetOrDefault() {
        var environment = Environment.of(Map.of("API_PORT", "8000", "GATEWAY_PORT", "0"), 100)
                .asMap();

        assertThat(environment)
                .containsEntry("API_PORT", "8100")
                .containsEntry("SIMULATOR_PORT", "8190")
                .containsEntry("GATEWAY_PORT", "0");
    }

    @Test
    void offsetThatPushesAPortTooHighIsRefused() {
        assertThatThrownBy(() -> Environment.of(Map.of("API_PORT", "60000"), 10_000))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("API_PORT")
                .hasMessageContaining("from 0 to 55535 with --port-offset 10000");
    }

    @Test
    void whatTheUserSetStays() {
        var environment = Environment.of(Map.of("WEBHOOK_TOKENS", "mine", "API_TOKENS_FILE", "/run/secrets/api"), 0);

        environment.setIfAbsent("WEBHOOK_TOKENS", "made");
        environment.setIfAbsent("API_TOKENS", "made");

        assertThat(environment.asMap()).containsEntry("WEBHOOK_TOKENS", "mine").doesNotContainKey("API_TOKENS");
    }
}
