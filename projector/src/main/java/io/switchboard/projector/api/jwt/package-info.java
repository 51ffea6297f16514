/**
 * Signed tokens of an identity provider (OpenID Connect): their keys, their claims, and whom they speak for.
 *
 * <p>Invariants: only public keys verify, by algorithms on a list that is part of the code; a token is worth nothing
 * without issuer, audience, expiry and subject; no token and no claim is ever in a log or an answer. Start at {@link
 * io.switchboard.projector.api.jwt.JwtCheck}.
 */
@NullMarked
package io.switchboard.projector.api.jwt;

import org.jspecify.annotations.NullMarked;
