/**
 * The JSON of answers: what a stored thing looks like to a client.
 *
 * <p>Pure. Invariant: unknown is null, times are RFC 3339 in UTC, durations are seconds, and no number of a client is
 * written but through {@link io.switchboard.projector.api.access.Masking}. Start at {@link
 * io.switchboard.projector.api.view.CallView}.
 */
@NullMarked
package io.switchboard.projector.api.view;

import org.jspecify.annotations.NullMarked;
