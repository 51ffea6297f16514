/**
 * How an event looks on the wire, with a switch for everything in which accounts and documents differ.
 *
 * <p>Invariant: pure, and exact to the byte: the same event under the same switches is the same bytes, which is what makes a
 * duplicate a duplicate. Start at {@link io.switchboard.simulator.wire.WebhookCodec}.
 */
@NullMarked
package io.switchboard.simulator.wire;

import org.jspecify.annotations.NullMarked;
