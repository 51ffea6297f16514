/** What stands before the routes, by itself. Start at {@link io.switchboard.projector.api.guard.RateLimitsTest}. */
@NullMarked
package io.switchboard.projector.api.guard;

import org.jspecify.annotations.NullMarked;
