/**
 * Who asks and what they may see: tokens, roles, the masking of phone numbers.
 *
 * <p>Pure: no I/O, no clock. Invariant: a token is compared in constant time and never repeated, in no message and no log.
 * Start at {@link io.switchboard.projector.api.access.Role}.
 */
@NullMarked
package io.switchboard.projector.api.access;

import org.jspecify.annotations.NullMarked;
