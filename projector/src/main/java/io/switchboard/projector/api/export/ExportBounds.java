package io.switchboard.projector.api.export;

import java.time.Duration;

/**
 * What exports may take.
 *
 * @param most at the same time
 * @param mostOfOneCaller of them
 * @param batch rows that are read at once
 * @param stall how long a client may take nothing
 * @param longest how long one may last: as long the database keeps old rows for it
 */
public record ExportBounds(int most, int mostOfOneCaller, int batch, Duration stall, Duration longest) {
    public static final ExportBounds DEFAULT = new ExportBounds(4, 2, 200, Duration.ofSeconds(30), Duration.ofHours(2));
}
