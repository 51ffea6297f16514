/**
 * What every service says over HTTP in the same way: health, metrics and problems.
 *
 * <p>Invariant: no answer repeats a secret or a stack trace. Start at {@link io.switchboard.http.ManagementServer}.
 */
@NullMarked
package io.switchboard.http;

import org.jspecify.annotations.NullMarked;
