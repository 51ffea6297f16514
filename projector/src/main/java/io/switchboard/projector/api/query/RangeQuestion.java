package io.switchboard.projector.api.query;

import io.switchboard.projector.report.Bucket;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a report about people and their callers is about.
 *
 * @param account the only account that may be seen; null for all
 * @param calls which calls; its own times are not used
 * @param range when they began
 * @param now the server's clock
 */
public record RangeQuestion(@Nullable String account, CallFilter calls, Bucket range, Instant now) {}
