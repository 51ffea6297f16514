package io.switchboard.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.switchboard.gateway.GatewaySettings.Sender;
import io.switchboard.runtime.InvalidSettings;
import io.switchboard.runtime.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {

    @Test
    void defaultsAreThoseOfTheContract() {
        var settings = GatewaySettings.of(SettingsReader.of(Map.of("WEBHOOK_TOKENS", GatewayFixtures.TOKEN)));

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.managementPort()).isEqualTo(9080);
        assertThat(settings.senders())
                .containsExactly(new Sender("default", List.of(GatewayFixtures.TOKEN), Optional.empty()));
        assertThat(settings.spoolDir()).isEqualTo(Path.of("data", "spool"));
        assertThat(settings.spoolMaxBytes()).isEqualTo(1L << 30);
        assertThat(settings.ackTimeout()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void everyVariableIsMapped() {
        var reader = SettingsReader.of(Map.ofEntries(
                Map.entry("WEBHOOK_TOKENS", "first-token-of-16-chars,second-token-of-16-chars"),
                Map.entry("WEBHOOK_CHECK_API_KEY", "true"),
                Map.entry("MIGHTYCALL_API_KEY", "key"),
                Map.entry("BIND_ADDRESS", "127.0.0.1"),
                Map.entry("GATEWAY_PORT", "1"),
                Map.entry("GATEWAY_MANAGEMENT_PORT", "2"),
                Map.entry("SPOOL_DIR", "s"),
                Map.entry("SPOOL_MAX_BYTES", "2000000"),
                Map.entry("ACK_TIMEOUT_MS", "100"),
                Map.entry("GATEWAY_MAX_IN_FLIGHT_BYTES", "3000000")));

        var settings = GatewaySettings.of(reader);
        reader.verify();

        assertThat(settings.senders()).hasSize(1);
        assertThat(settings.senders().getFirst().tokens()).hasSize(2);
        assertThat(settings.senders().getFirst().requiredApiKey()).contains("key");
        assertThat(settings.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(1);
        assertThat(settings.managementPort()).isEqualTo(2);
        assertThat(settings.spoolDir()).isEqualTo(Path.of("s"));
        assertThat(settings.spoolMaxBytes()).isEqualTo(2_000_000);
        assertThat(settings.ackTimeout()).hasMillis(100);
        assertThat(settings.maxInFlightBytes()).isEqualTo(3_000_000);
        assertThat(settings.toString()).doesNotContain("token-of", "key");
    }

    @Test
    void everyProblemIsReportedAtOnceAndNoneRepeatsAToken() {
        var reader = SettingsReader.of(Map.of(
                "WEBHOOK_TOKENS", "short",
                "WEBHOOK_CHECK_API_KEY", "true",
                "GATEWAY_PORT", "x",
                "SPOOL_MAX_BYTES", "1",
                "ACK_TIMEOUT_MS", "0"));

        assertThat(GatewaySettings.of(reader)).isNotNull();

        var failure = catchThrowableOfType(InvalidSettings.class, reader::verify);
        assertThat(failure.problems()).hasSize(5);
        assertThat(failure).message().doesNotContain("short");
    }
}
