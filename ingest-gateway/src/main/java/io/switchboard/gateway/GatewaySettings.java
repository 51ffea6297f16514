package io.switchboard.gateway;

import io.switchboard.kafka.KafkaSettings;
import io.switchboard.runtime.Accounts;
import io.switchboard.runtime.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway is told.
 *
 * @param bindAddress local address of both ports
 * @param senders who may send, at least one
 * @param ackTimeout how long a webhook waits for the brokers before it is spooled
 * @param maxInFlightBytes bodies held in memory at once; beyond it requests are shed
 */
public record GatewaySettings(
        String bindAddress,
        int port,
        int managementPort,
        List<Sender> senders,
        KafkaSettings kafka,
        Path spoolDir,
        long spoolMaxBytes,
        Duration ackTimeout,
        long maxInFlightBytes) {

    private static final long DEFAULT_SPOOL_BYTES = 1L << 30;
    private static final long DEFAULT_IN_FLIGHT_BYTES = 32L << 20;

    /**
     * An account that sends webhooks.
     *
     * @param tokens accepted in its webhook URL; two or more allow rotation without a gap
     * @param requiredApiKey what a body's {@code ApiKey} must equal; empty when it is not checked
     */
    public record Sender(String account, List<String> tokens, Optional<String> requiredApiKey) {
        public Sender {
            tokens = List.copyOf(tokens);
        }

        /** Without the tokens and the key. */
        @Override
        public String toString() {
            return "Sender[" + account + "]";
        }
    }

    public GatewaySettings {
        senders = List.copyOf(senders);
    }

    public static GatewaySettings of(SettingsReader reader) {
        return new GatewaySettings(
                reader.text("BIND_ADDRESS", "0.0.0.0"),
                reader.port("GATEWAY_PORT", 8080),
                reader.port("GATEWAY_MANAGEMENT_PORT", 9080),
                senders(reader),
                KafkaSettings.of(reader),
                reader.path("SPOOL_DIR", Path.of("data", "spool")),
                reader.number("SPOOL_MAX_BYTES", DEFAULT_SPOOL_BYTES, 1 << 20, Long.MAX_VALUE),
                reader.millis("ACK_TIMEOUT_MS", Duration.ofMillis(250), Duration.ofMillis(1), Duration.ofSeconds(10)),
                reader.number("GATEWAY_MAX_IN_FLIGHT_BYTES", DEFAULT_IN_FLIGHT_BYTES, 1 << 20, Long.MAX_VALUE));
    }

    private static List<Sender> senders(SettingsReader reader) {
        var checked = reader.flag("WEBHOOK_CHECK_API_KEY", false);
        var accounts = Accounts.of(reader);
        if (accounts.stream().allMatch(account -> account.webhookTokens().isEmpty())) {
            reader.reject("WEBHOOK_TOKENS", "takes a comma list of tokens, each 16 to 128 of A-Z a-z 0-9 _ -");
        }
        for (var account : accounts) {
            if (checked && account.apiKey().isEmpty()) {
                reader.reject(
                        "WEBHOOK_CHECK_API_KEY",
                        "true needs MIGHTYCALL_API_KEY, or each account's api_key, to compare with");
            }
        }
        return accounts.stream()
                .map(account -> new Sender(
                        account.id(), account.webhookTokens(), account.apiKey().filter(key -> checked)))
                .toList();
    }

    /** Without the tokens and the key. */
    @Override
    public String toString() {
        return "GatewaySettings[port=%d, managementPort=%d, spoolDir=%s]".formatted(port, managementPort, spoolDir);
    }
}
