/**
 * What the REST API lists, when, and how it looks, with a switch for everything in which accounts and documents differ.
 *
 * <p>Invariant: pure. A row is a function of the world, the switches and the time. Start at {@link
 * io.switchboard.simulator.rows.Listing} (what and when) and {@link io.switchboard.simulator.rows.CallRows} (how).
 */
@NullMarked
package io.switchboard.simulator.rows;

import org.jspecify.annotations.NullMarked;
