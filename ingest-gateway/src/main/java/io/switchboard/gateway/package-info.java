/**
 * The door for webhooks: authenticates a delivery, strips its secret, names its events and makes them durable before it
 * answers 2xx: in Kafka, or in a local spool while the brokers are away.
 *
 * <p>Invariant: a 2xx is durable. Nothing here understands what an event means. Start at
 * {@link io.switchboard.gateway.WebhookHandler}, then {@link io.switchboard.gateway.DurableLog}.
 */
@NullMarked
package io.switchboard.gateway;

import org.jspecify.annotations.NullMarked;
