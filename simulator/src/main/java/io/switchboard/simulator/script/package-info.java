/**
 * What happens in a simulated call: who rings, who answers, when it ends, as a timed list of events.
 *
 * <p>Invariant: pure. A script is a function of the company and the random numbers it is given; it reads no clock, and the
 * same seed writes the same calls. Event orders follow MightyCall's webhook documentation. Start at {@link
 * io.switchboard.simulator.script.CallScript}, where each kind of call is a few lines that read like the call.
 */
@NullMarked
package io.switchboard.simulator.script;

import org.jspecify.annotations.NullMarked;
