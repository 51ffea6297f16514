/**
 * MightyCall as a program: it makes calls and announces them by webhook.
 *
 * <p>Everything runs on one event loop: a timer moves calls and deliveries on, the control API reads and changes the same
 * objects without locks. Start at {@link io.switchboard.simulator.Simulator}.
 */
@NullMarked
package io.switchboard.simulator;

import org.jspecify.annotations.NullMarked;
