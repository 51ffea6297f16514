package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.switchboard.runtime.InvalidSettings;
import io.switchboard.simulator.SimulatorSettings.Validation;
import io.switchboard.simulator.api.ApiSettings;
import io.switchboard.simulator.delivery.Faults;
import io.switchboard.simulator.delivery.Limits;
import io.switchboard.simulator.delivery.Retries;
import io.switchboard.simulator.wire.WireSettings;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SimulatorSettingsTest {
    @Test
    void withoutVariablesTheDefaultsHold() {
        var settings = SimulatorSettings.of(Map.of());

        assertThat(settings.port()).isEqualTo(8090);
        assertThat(settings.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.webhookUrls()).isEmpty();
        assertThat(settings.seed()).isEmpty();
        assertThat(settings.historyCalls()).isZero();
        assertThat(settings.validation()).isEqualTo(Validation.ON);
        assertThat(settings.limits()).isEqualTo(Limits.STANDARD);
        assertThat(settings.live()).isEqualTo(LiveSettings.STANDARD);
    }

    @Test
    void everyVariableIsRead() {
        var settings = SimulatorSettings.of(Map.ofEntries(
                Map.entry("SIMULATOR_PORT", "0"),
                Map.entry("BIND_ADDRESS", "0.0.0.0"),
                Map.entry("SIMULATOR_API_KEY", "key"),
                Map.entry("SIMULATOR_WEBHOOK_URLS", "http://127.0.0.1:1/w/secret, https://example.com/h?t=secret"),
                Map.entry("SIMULATOR_SEED", "-5"),
                Map.entry("SIMULATOR_HISTORY_CALLS", "50"),
                Map.entry("SIMULATOR_HISTORY_HOURS", "8"),
                Map.entry("SIMULATOR_VALIDATE", "false"),
                Map.entry("SIMULATOR_MAX_OUTSTANDING", "2"),
                Map.entry("SIMULATOR_MAX_QUEUED", "300"),
                Map.entry("SIMULATOR_CALLS_PER_MINUTE", "0.5"),
                Map.entry("SIMULATOR_SPEED", "10"),
                Map.entry("SIMULATOR_LOSS_PROBABILITY", "0.1"),
                Map.entry("SIMULATOR_DUPLICATE_PROBABILITY", "0.2"),
                Map.entry("SIMULATOR_SHUFFLE_PROBABILITY", "0.3"),
                Map.entry("SIMULATOR_SHUFFLE_WINDOW_MS", "4000"),
                Map.entry("SIMULATOR_DELAY_MIN_MS", "5"),
                Map.entry("SIMULATOR_DELAY_MAX_MS", "6"),
                Map.entry("SIMULATOR_REPLAY_PROBABILITY", "0.7"),
                Map.entry("SIMULATOR_REPLAY_AFTER_MS", "8000"),
                Map.entry("SIMULATOR_RETRIES", "9"),
                Map.entry("SIMULATOR_RETRY_BACKOFF_MS", "10"),
                Map.entry("SIMULATOR_TIMEOUT_MS", "11"),
                Map.entry("SIMULATOR_EVENT_NAMES", "ccapi"),
                Map.entry("SIMULATOR_END_EXTENSION", "absent"),
                Map.entry("SIMULATOR_EXTENSION_FORM", "number"),
                Map.entry("SIMULATOR_CALL_ID", "body"),
                Map.entry("SIMULATOR_GUID", "zero"),
                Map.entry("SIMULATOR_LAYOUT", "crlf"),
                Map.entry("SIMULATOR_FRACTION_DIGITS", "3"),
                Map.entry("SIMULATOR_OFFSET", "+00:00"),
                Map.entry("SIMULATOR_TRAILING_COMMA", "yes")));

        assertThat(settings.port()).isZero();
        assertThat(settings.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(settings.apiKey()).isEqualTo("key");
        assertThat(settings.webhookUrls())
                .extracting(Object::toString)
                .containsExactly("http://127.0.0.1:1/w/…", "https://example.com/…");
        assertThat(settings.seed()).isEqualTo(OptionalLong.of(-5));
        assertThat(settings.historyCalls()).isEqualTo(50);
        assertThat(settings.historyWindow()).isEqualTo(Duration.ofHours(8));
        assertThat(settings.validation()).isEqualTo(Validation.OFF);
        assertThat(settings.limits()).isEqualTo(new Limits(2, 300));
        assertThat(settings.live())
                .isEqualTo(new LiveSettings(
                        0.5,
                        10,
                        new Faults(
                                0.1,
                                0.2,
                                0.3,
                                Duration.ofSeconds(4),
                                Duration.ofMillis(5),
                                Duration.ofMillis(6),
                                0.7,
                                Duration.ofSeconds(8)),
                        new Retries(9, Duration.ofMillis(10), Duration.ofMillis(11)),
                        new WireSettings(
                                WireSettings.Names.CCAPI,
                                WireSettings.EndExtension.ABSENT,
                                WireSettings.ExtensionForm.NUMBER,
                                WireSettings.CallId.BODY,
                                WireSettings.Guid.ZERO,
                                WireSettings.Layout.CRLF,
                                3,
                                WireSettings.Offset.NUMERIC,
                                WireSettings.TrailingComma.YES),
                        ApiSettings.STANDARD));
    }

    @Test
    void contactCentreNamesBringTheTopLevelCallId() {
        var live =
                SimulatorSettings.of(Map.of("SIMULATOR_EVENT_NAMES", "ccapi")).live();

        assertThat(live.wire().callId()).isEqualTo(WireSettings.CallId.BOTH);
    }

    @Test
    void offsetZMayBeWrittenInEitherCase() {
        assertThat(SimulatorSettings.of(Map.of("SIMULATOR_OFFSET", "Z"))
                        .live()
                        .wire()
                        .offset())
                .isEqualTo(WireSettings.Offset.Z);
    }

    @Test
    void allProblemsAreReportedTogetherAndNoneRepeatsAUrl() {
        var invalid = catchThrowableOfType(
                InvalidSettings.class,
                () -> SimulatorSettings.of(Map.of(
                        "SIMULATOR_PORT", "70000",
                        "SIMULATOR_SPEED", "fast",
                        "SIMULATOR_LOSS_PROBABILITY", "NaN",
                        "SIMULATOR_GUID", "none",
                        "SIMULATOR_DELAY_MIN_MS", "9",
                        "SIMULATOR_WEBHOOK_URLS", "ftp://example.com/secret,http://bad host/secret")));

        assertThat(invalid.problems())
                .containsExactlyInAnyOrder(
                        "SIMULATOR_PORT: takes a whole number from 0 to 65535",
                        "SIMULATOR_SPEED: takes a number from 0.01 to 10000",
                        "SIMULATOR_LOSS_PROBABILITY: takes a number from 0 to 1",
                        "SIMULATOR_GUID: takes one of unique, zero, repeated",
                        "SIMULATOR_DELAY_MIN_MS: takes at most SIMULATOR_DELAY_MAX_MS, which is 0",
                        "SIMULATOR_WEBHOOK_URLS: takes a comma list of http or https URLs; no. 1 is not one",
                        "SIMULATOR_WEBHOOK_URLS: takes a comma list of http or https URLs; no. 2 is not one");
        assertThat(invalid).hasMessageNotContaining("secret");
    }
}
