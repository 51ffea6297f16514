package io.switchboard.projector;

import io.switchboard.kafka.KafkaSettings;
import io.switchboard.projector.projection.BatchBounds;
import io.switchboard.runtime.SettingsReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What the projector can be told.
 *
 * @param database where the read tables are
 * @param apiPort port of the query API and the console
 * @param managementPort port of health and metrics
 * @param bindAddress address of both
 * @param openCallTimeout silence after which an open call reads {@code unknown}
 * @param timezone zone of reports
 * @param batch how much one transaction takes at most
 */
public record ProjectorSettings(
        KafkaSettings kafka,
        DatabaseUrl database,
        int apiPort,
        int managementPort,
        String bindAddress,
        Duration openCallTimeout,
        ZoneId timezone,
        BatchBounds batch) {

    public static final String MANAGEMENT_PORT = "PROJECTOR_MANAGEMENT_PORT";

    private static final DatabaseUrl NOWHERE = new DatabaseUrl("127.0.0.1", 15432, "switchboard", "switchboard", "");

    /** Notes problems in the reader; the caller verifies. */
    public static ProjectorSettings of(SettingsReader reader) {
        return new ProjectorSettings(
                KafkaSettings.of(reader),
                database(reader),
                reader.port("API_PORT", 8081),
                reader.port(MANAGEMENT_PORT, 9081),
                reader.text("BIND_ADDRESS", "127.0.0.1"),
                reader.duration("OPEN_CALL_TIMEOUT", Duration.ofHours(4)),
                zone(reader),
                new BatchBounds(
                        reader.integer("PROJECTOR_BATCH_RECORDS", BatchBounds.DEFAULT.records(), 1, 100_000),
                        reader.number("PROJECTOR_BATCH_BYTES", BatchBounds.DEFAULT.bytes(), 1, 1L << 30)));
    }

    private static DatabaseUrl database(SettingsReader reader) {
        var text = reader.secret("DATABASE_URL");
        if (text.isEmpty()) {
            reader.reject("DATABASE_URL", "missing: takes " + DatabaseUrl.FORM);
            return NOWHERE;
        }
        try {
            return DatabaseUrl.parse(text.orElseThrow());
        } catch (IllegalArgumentException e) {
            reader.reject("DATABASE_URL", "takes " + DatabaseUrl.FORM);
            return NOWHERE;
        }
    }

    private static ZoneId zone(SettingsReader reader) {
        try {
            return reader.text("DEFAULT_TIMEZONE").map(ZoneId::of).orElse(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            reader.reject("DEFAULT_TIMEZONE", "takes an IANA time zone such as America/New_York");
            return ZoneOffset.UTC;
        }
    }
}
