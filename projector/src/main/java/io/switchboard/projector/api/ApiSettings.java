package io.switchboard.projector.api;

import io.switchboard.http.ManagementServer.Address;
import io.switchboard.projector.api.access.AccessTokens;
import io.switchboard.projector.api.export.ExportBounds;
import io.switchboard.projector.api.guard.Guard;
import io.switchboard.projector.api.jwt.JwtSettings;
import io.switchboard.projector.api.stream.StreamLimits;
import io.switchboard.runtime.SettingsReader;
import java.time.Duration;
import java.util.Optional;

/**
 * How the query API listens and answers.
 *
 * @param address where it listens
 * @param eventLoops how many event loops share the port
 * @param tokens who may ask
 * @param jwt whose signed tokens are taken beside them
 * @param guard how often, and from pages of which origins
 * @param openCallTimeout the silence after which an open call reads {@code unknown}
 * @param topicPrefix what stands before the topics' names, so that a filter may leave it out
 * @param zones the accounts, and where their days begin
 * @param exports what exports may take
 * @param stream what bounds the stream of changes
 */
public record ApiSettings(
        Address address,
        int eventLoops,
        AccessTokens tokens,
        Optional<JwtSettings> jwt,
        Guard guard,
        Duration openCallTimeout,
        String topicPrefix,
        DayZones zones,
        ExportBounds exports,
        StreamLimits stream) {
    public static final String PORT = "API_PORT";
    public static final Duration OPEN_CALL_TIMEOUT = Duration.ofHours(4);

    private static final int DEFAULT_PORT = 8081;
    private static final int MOST_EVENT_LOOPS = 4;

    public static ApiSettings of(SettingsReader reader) {
        return new ApiSettings(
                new Address(reader.text("BIND_ADDRESS", "0.0.0.0"), reader.port(PORT, DEFAULT_PORT), PORT),
                Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_EVENT_LOOPS),
                AccessTokens.of(reader),
                JwtSettings.of(reader),
                Guard.of(reader),
                reader.duration("OPEN_CALL_TIMEOUT", OPEN_CALL_TIMEOUT),
                reader.text("TOPIC_PREFIX", "mightycall."),
                DayZones.of(reader),
                ExportBounds.DEFAULT,
                StreamLimits.DEFAULT);
    }

    /** The same with other bounds. */
    ApiSettings with(ExportBounds otherExports, StreamLimits otherStream) {
        return new ApiSettings(
                address,
                eventLoops,
                tokens,
                jwt,
                guard,
                openCallTimeout,
                topicPrefix,
                zones,
                otherExports,
                otherStream);
    }
}
