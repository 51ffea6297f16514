package io.switchboard.projector;

import io.switchboard.kafka.KafkaSettings;
import io.switchboard.projector.api.ApiSettings;
import io.switchboard.projector.projection.BatchBounds;
import io.switchboard.runtime.SettingsReader;
import java.net.URI;
import java.util.List;

/**
 * What the projector can be told.
 *
 * @param database where the read tables are
 * @param api how the query API listens and answers
 * @param managementPort port of health and metrics
 * @param bindAddress address of both
 * @param gateways management URLs of gateways, asked for events that are not in the tables yet
 * @param pollers management URLs of pollers, which fetch recordings
 * @param batch how much one transaction takes at most
 * @param auditDays how long the audit is kept
 */
public record ProjectorSettings(
        KafkaSettings kafka,
        DatabaseUrl database,
        ApiSettings api,
        int managementPort,
        String bindAddress,
        List<URI> gateways,
        List<URI> pollers,
        BatchBounds batch,
        int auditDays) {

    public static final String MANAGEMENT_PORT = "PROJECTOR_MANAGEMENT_PORT";

    private static final String AUDIT_DAYS = "AUDIT_RETENTION_DAYS";
    private static final String GATEWAYS = "GATEWAY_MANAGEMENT_URLS";
    private static final String POLLERS = "POLLER_MANAGEMENT_URLS";
    private static final DatabaseUrl NOWHERE = new DatabaseUrl("127.0.0.1", 15432, "switchboard", "switchboard", "");

    /** Notes problems in the reader; the caller verifies. */
    public static ProjectorSettings of(SettingsReader reader) {
        return new ProjectorSettings(
                KafkaSettings.of(reader),
                database(reader),
                ApiSettings.of(reader),
                reader.port(MANAGEMENT_PORT, 9081),
                reader.text("BIND_ADDRESS", "0.0.0.0"),
                urls(reader, GATEWAYS, "http://gateway:9080"),
                urls(reader, POLLERS, "http://poller:9082"),
                new BatchBounds(
                        reader.integer("PROJECTOR_BATCH_RECORDS", BatchBounds.DEFAULT.records(), 1, 100_000),
                        reader.number("PROJECTOR_BATCH_BYTES", BatchBounds.DEFAULT.bytes(), 1, 1L << 30)),
                reader.integer(AUDIT_DAYS, 400, 1, 36_500));
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

    private static List<URI> urls(SettingsReader reader, String name, String example) {
        try {
            return reader.list(name).stream().map(ProjectorSettings::url).toList();
        } catch (IllegalArgumentException e) {
            reader.reject(name, "takes a comma list of URLs such as " + example);
            return List.of();
        }
    }

    private static URI url(String text) {
        var url = URI.create(text);
        if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 0) {
            throw new IllegalArgumentException("not http://host:port");
        }
        return url;
    }
}
