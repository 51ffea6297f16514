/**
 * Who may ask the REST API, and how often: tokens, and the requests of a day.
 *
 * <p>Invariant: no I/O, no clock; the same random numbers give the same tokens. Everything mutable belongs to the
 * simulator's event loop. Start at {@link io.switchboard.simulator.access.Budget}.
 */
@NullMarked
package io.switchboard.simulator.access;

import org.jspecify.annotations.NullMarked;
