/**
 * The poller's side of the log: who leads an account, where it stands, what is known already and what is ordered.
 *
 * <p>Invariant: of all pollers that ever led an account, only the last can change its state; the broker refuses the others.
 * Start at {@link io.switchboard.poller.kafka.Leadership}, then {@link io.switchboard.poller.kafka.KafkaStateLog}.
 */
@NullMarked
package io.switchboard.poller.kafka;

import org.jspecify.annotations.NullMarked;
