/**
 * What a request asks for: its parameters checked, the filter they make, the cursor where its page begins.
 *
 * <p>Pure: no I/O, no clock. Invariant: nothing of a query string reaches a statement or an answer unchecked, and every
 * fault is reported at once under the name the client used. Start at {@link io.switchboard.projector.api.query.CallFilter}.
 */
@NullMarked
package io.switchboard.projector.api.query;

import org.jspecify.annotations.NullMarked;
