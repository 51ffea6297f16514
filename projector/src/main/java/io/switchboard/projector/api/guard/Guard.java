package io.switchboard.projector.api.guard;

import io.switchboard.runtime.SettingsReader;

/**
 * What the settings say of it.
 *
 * @param requestsPerMinute of one caller; 0 for no limit
 */
public record Guard(int requestsPerMinute, Origins origins) {
    public static final String RATE_LIMIT = "API_RATE_LIMIT";

    private static final int USUAL = 1_200;
    private static final int MOST = 1_000_000;

    public static Guard of(SettingsReader reader) {
        return new Guard(reader.integer(RATE_LIMIT, USUAL, 0, MOST), Origins.of(reader));
    }
}
