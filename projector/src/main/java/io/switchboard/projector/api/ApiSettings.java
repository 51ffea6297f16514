package io.switchboard.projector.api;

import io.switchboard.http.ManagementServer.Address;
import io.switchboard.projector.api.access.AccessTokens;
import io.switchboard.projector.api.stream.StreamLimits;
import io.switchboard.runtime.SettingsReader;
import java.time.Duration;

/**
 * How the query API listens and answers.
 *
 * @param address where it listens
 * @param eventLoops how many event loops share the port
 * @param tokens who may ask
 * @param openCallTimeout the silence after which an open call reads {@code unknown}
 * @param topicPrefix what stands before the topics' names, so that a filter may leave it out
 * @param zones the accounts, and where their days begin
 * @param stream what bounds the stream of changes
 */
public record ApiSettings(
        Address address,
        int eventLoops,
        AccessTokens tokens,
        Duration openCallTimeout,
        String topicPrefix,
        DayZones zones,
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
                reader.duration("OPEN_CALL_TIMEOUT", OPEN_CALL_TIMEOUT),
                reader.text("TOPIC_PREFIX", "mightycall."),
                DayZones.of(reader),
                StreamLimits.DEFAULT);
    }
}
