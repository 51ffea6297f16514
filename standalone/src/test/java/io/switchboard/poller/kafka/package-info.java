/** The poller's state and membership on a real Kafka. Start at {@link io.switchboard.poller.kafka.StateAndLeadershipIT}. */
@NullMarked
package io.switchboard.poller.kafka;

import org.jspecify.annotations.NullMarked;
