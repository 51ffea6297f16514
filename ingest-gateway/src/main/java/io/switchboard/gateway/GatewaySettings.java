package io.switchboard.gateway;

import io.switchboard.kafka.KafkaSettings;
import io.switchboard.runtime.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the gateway is told.
 *
 * @param bindAddress local address of both ports
 * @param tokens accepted in the webhook URL; two or more allow rotation without a gap
 * @param requiredApiKey what a body's {@code ApiKey} must equal; empty when it is not checked
 * @param ackTimeout how long a webhook waits for the brokers before it is spooled
 * @param maxInFlightBytes bodies held in memory at once; beyond it requests are shed
 */
public record GatewaySettings(
        String bindAddress,
        int port,
        int managementPort,
        List<String> tokens,
        Optional<String> requiredApiKey,
        KafkaSettings kafka,
        Path spoolDir,
        long spoolMaxBytes,
        Duration ackTimeout,
        long maxInFlightBytes) {

    /** The account of every webhook while only one is configured. */
    public static final String DEFAULT_ACCOUNT = "default";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{16,128}");
    private static final long DEFAULT_SPOOL_BYTES = 1L << 30;
    private static final long DEFAULT_IN_FLIGHT_BYTES = 32L << 20;

    public static GatewaySettings of(SettingsReader reader) {
        var tokens = reader.secretList("WEBHOOK_TOKENS");
        if (tokens.isEmpty()
                || !tokens.stream().allMatch(token -> TOKEN.matcher(token).matches())) {
            reader.reject("WEBHOOK_TOKENS", "takes a comma list of tokens, each 16 to 128 of A-Z a-z 0-9 _ -");
        }
        var apiKey = reader.secret("MIGHTYCALL_API_KEY");
        var checked = reader.flag("WEBHOOK_CHECK_API_KEY", false);
        if (checked && apiKey.isEmpty()) {
            reader.reject("WEBHOOK_CHECK_API_KEY", "true needs MIGHTYCALL_API_KEY to compare with");
        }
        return new GatewaySettings(
                reader.text("BIND_ADDRESS", "0.0.0.0"),
                reader.port("GATEWAY_PORT", 8080),
                reader.port("GATEWAY_MANAGEMENT_PORT", 9080),
                tokens,
                apiKey.filter(key -> checked),
                KafkaSettings.of(reader),
                reader.path("SPOOL_DIR", Path.of("data", "spool")),
                reader.number("SPOOL_MAX_BYTES", DEFAULT_SPOOL_BYTES, 1 << 20, Long.MAX_VALUE),
                reader.millis("ACK_TIMEOUT_MS", Duration.ofMillis(250), Duration.ofMillis(1), Duration.ofSeconds(10)),
                reader.number("GATEWAY_MAX_IN_FLIGHT_BYTES", DEFAULT_IN_FLIGHT_BYTES, 1 << 20, Long.MAX_VALUE));
    }

    /** Without the tokens and the key. */
    @Override
    public String toString() {
        return "GatewaySettings[port=%d, managementPort=%d, spoolDir=%s]".formatted(port, managementPort, spoolDir);
    }
}
