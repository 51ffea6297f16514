/** Signed tokens, checked without a server. Start at {@link io.switchboard.projector.api.jwt.JwtCheckTest}. */
@NullMarked
package io.switchboard.projector.api.jwt;

import org.jspecify.annotations.NullMarked;
