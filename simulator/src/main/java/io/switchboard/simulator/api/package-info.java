/**
 * MightyCall's REST API over the simulated account: one handler per resource, one router, one gate before them all.
 *
 * <p>Invariant: a handler is a function from a request to an answer that may change the account and does no I/O; only {@link
 * io.switchboard.simulator.api.ApiServer} and {@link io.switchboard.simulator.api.MediaHandler} see HTTP. Everything runs on
 * the simulator's event loop. Start at {@code ApiServer}.
 */
@NullMarked
package io.switchboard.simulator.api;

import org.jspecify.annotations.NullMarked;
