/**
 * What stands before the routes: how often a caller may ask, and which pages of other origins may read the answers.
 *
 * <p>Invariants: what is counted is bounded, whoever asks; an origin is allowed when it is written in the settings, letter
 * by letter, and never otherwise. Start at {@link io.switchboard.projector.api.guard.RateLimits}.
 */
@NullMarked
package io.switchboard.projector.api.guard;

import org.jspecify.annotations.NullMarked;
