package io.switchboard.kafka;

import java.time.Instant;

/** Where a record stands in the log, and when all in-sync replicas were known to have it. */
public record LogPosition(String topic, int partition, long offset, Instant appendedAt) {}
