/**
 * How a switch is read, named and shown.
 *
 * <p>Invariant: a switch is declared once; reading it makes it known to the settings that the control API shows. Start at
 * {@link io.switchboard.simulator.switches.Switches}.
 */
@NullMarked
package io.switchboard.simulator.switches;

import org.jspecify.annotations.NullMarked;
