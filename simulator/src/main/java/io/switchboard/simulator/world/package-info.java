/**
 * The simulated account as it lives: calls that were made, what became of each of their deliveries, and what makes the
 * next call.
 *
 * <p>Invariant: one call exists once, here; webhooks announce it and lists show it. Everything mutable belongs to the
 * simulator's event loop. Time and randomness come in as arguments. Start at {@link io.switchboard.simulator.world.World}.
 */
@NullMarked
package io.switchboard.simulator.world;

import org.jspecify.annotations.NullMarked;
