/**
 * How events reach webhook URLs: on time or late, twice, never, again after a failure.
 *
 * <p>Invariant: nothing here throws because of a receiver, nothing blocks, and what waits is bounded. Faults are decided by
 * the seed when a call is made; only failures of the receiver depend on the receiver. Start at {@link
 * io.switchboard.simulator.delivery.Dispatcher}.
 */
@NullMarked
package io.switchboard.simulator.delivery;

import org.jspecify.annotations.NullMarked;
