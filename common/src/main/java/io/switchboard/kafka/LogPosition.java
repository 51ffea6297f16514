package io.switchboard.kafka;

import java.time.Instant;

/** Where a record stands in the log, and when the log took it. */
public record LogPosition(String topic, int partition, long offset, Instant appendedAt) {}
