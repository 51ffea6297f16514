/**
 * The log, spoken in Kafka: its topics, the CloudEvents binding of its records, and appending to it.
 *
 * <p>Invariant: a record's value is the provider's bytes; everything the system adds stands in {@code ce_*} headers. Start
 * at {@link io.switchboard.kafka.CloudEventCodec}.
 */
@NullMarked
package io.switchboard.kafka;

import org.jspecify.annotations.NullMarked;
