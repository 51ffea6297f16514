package io.switchboard.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.projector.projection.BatchBounds;
import io.switchboard.runtime.InvalidSettings;
import io.switchboard.runtime.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectorSettingsTest {
    private static final String URL = "postgresql://me:secret@h:1/d";

    @Test
    void defaults() {
        var settings = ProjectorSettings.of(SettingsReader.of(Map.of("DATABASE_URL", URL)));

        assertThat(settings.api().address().port()).isEqualTo(8081);
        assertThat(settings.managementPort()).isEqualTo(9081);
        assertThat(settings.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(settings.api().openCallTimeout()).isEqualTo(Duration.ofHours(4));
        assertThat(settings.batch()).isEqualTo(BatchBounds.DEFAULT);
        assertThat(settings.pollers()).isEmpty();
        assertThat(settings.api().zones().usual()).isEqualTo(ZoneId.of("UTC"));
    }

    @Test
    void everyVariableIsRead() {
        var settings = ProjectorSettings.of(SettingsReader.of(Map.of(
                "DATABASE_URL", URL,
                "API_PORT", "1",
                "PROJECTOR_MANAGEMENT_PORT", "2",
                "BIND_ADDRESS", "0.0.0.0",
                "OPEN_CALL_TIMEOUT", "PT1H",
                "GATEWAY_MANAGEMENT_URLS", "http://a:9080, http://b:9080",
                "POLLER_MANAGEMENT_URLS", "http://c:9082",
                "DEFAULT_TIMEZONE", "America/New_York",
                "PROJECTOR_BATCH_RECORDS", "10",
                "PROJECTOR_BATCH_BYTES", "20")));

        assertThat(settings.database().place()).isEqualTo("h:1/d");
        assertThat(settings.api().address().port()).isEqualTo(1);
        assertThat(settings.managementPort()).isEqualTo(2);
        assertThat(settings.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(settings.api().openCallTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.gateways()).containsExactly(URI.create("http://a:9080"), URI.create("http://b:9080"));
        assertThat(settings.pollers()).containsExactly(URI.create("http://c:9082"));
        assertThat(settings.api().zones().usual()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(settings.batch()).isEqualTo(new BatchBounds(10, 20));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        var reader = SettingsReader.of(Map.of(
                "DATABASE_URL",
                "secret",
                "GATEWAY_MANAGEMENT_URLS",
                "mars",
                "POLLER_MANAGEMENT_URLS",
                "venus",
                "DEFAULT_TIMEZONE",
                "GMT+2",
                "API_PORT",
                "x"));
        assertThat(ProjectorSettings.of(reader)).isNotNull();

        assertThatThrownBy(reader::verify)
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("DATABASE_URL")
                .hasMessageContaining("GATEWAY_MANAGEMENT_URLS")
                .hasMessageContaining("POLLER_MANAGEMENT_URLS")
                .hasMessageContaining("DEFAULT_TIMEZONE: takes an IANA zone")
                .hasMessageContaining("API_PORT")
                .hasMessageNotContaining("secret");
    }
}
