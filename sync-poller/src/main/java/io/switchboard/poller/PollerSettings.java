package io.switchboard.poller;

import io.switchboard.kafka.KafkaSettings;
import io.switchboard.runtime.Account;
import io.switchboard.runtime.Accounts;
import io.switchboard.runtime.SettingsReader;
import java.time.Duration;
import java.util.List;

/**
 * What the poller is told.
 *
 * @param dailyRequests the most requests to the provider in any 24 hours, per account
 * @param openCallTimeout after which silence a call that never ended is asked for
 */
public record PollerSettings(
        String bindAddress,
        int managementPort,
        KafkaSettings kafka,
        List<Account> accounts,
        int dailyRequests,
        Duration openCallTimeout) {
    public static final String MANAGEMENT_PORT = "POLLER_MANAGEMENT_PORT";

    private static final int FEWEST_REQUESTS = 24;

    public PollerSettings {
        accounts = List.copyOf(accounts);
    }

    public static PollerSettings of(SettingsReader reader) {
        return new PollerSettings(
                reader.text("BIND_ADDRESS", "0.0.0.0"),
                reader.port(MANAGEMENT_PORT, 9082),
                KafkaSettings.of(reader),
                Accounts.of(reader),
                reader.integer("POLL_DAILY_REQUESTS", 2_500, FEWEST_REQUESTS, 10_000_000),
                reader.duration("OPEN_CALL_TIMEOUT", Duration.ofHours(4)));
    }

    /** Without the accounts' keys. */
    @Override
    public String toString() {
        return "PollerSettings[managementPort=%d, accounts=%s, dailyRequests=%d]"
                .formatted(managementPort, accounts, dailyRequests);
    }
}
