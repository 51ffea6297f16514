package io.switchboard.projector.api.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.switchboard.projector.api.access.BearerAnswer;
import io.switchboard.projector.api.access.BearerAnswer.Unknown;
import io.switchboard.projector.api.access.BearerCheck;
import io.vertx.core.Vertx;
import java.text.ParseException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Checks signed tokens: signature, issuer, audience, expiry and the time before which they do not count, with a little
 * leeway for clocks. Verifying is arithmetic of a fraction of a millisecond; only unknown keys are waited for.
 */
public final class JwtCheck implements BearerCheck {
    /** Signatures that a public key verifies; never {@code none}, never a shared secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final int LEEWAY_SECONDS = 30;
    private static final int LONGEST = 12_000;

    private final JwtSettings settings;
    private final SigningKeys keys;

    JwtCheck(JwtSettings settings, SigningKeys keys) {
        this.settings = settings;
        this.keys = keys;
    }

    /** Begins to fetch the keys; that the provider is away keeps nobody from starting. */
    public static JwtCheck start(Vertx vertx, JwtSettings settings) {
        var keys = new SigningKeys(new KeysClient(vertx, settings.keys()), System::nanoTime);
        var unused = keys.refresh();
        return new JwtCheck(settings, keys);
    }

    @Override
    public CompletionStage<BearerAnswer> check(String token) {
        if (token.length() > LONGEST) {
            return CompletableFuture.completedFuture(new Unknown());
        }
        try {
            var jwt = SignedJWT.parse(token);
            return ALGORITHMS.contains(jwt.getHeader().getAlgorithm())
                    ? keys.lookFor(jwt.getHeader()).thenApply(known -> bearer(jwt, known))
                    : CompletableFuture.completedFuture(new Unknown());
        } catch (ParseException | IllegalArgumentException e) { // what is wrong may quote the token: it goes nowhere
            return CompletableFuture.completedFuture(new Unknown());
        }
    }

    private BearerAnswer bearer(SignedJWT jwt, JWKSet known) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(ALGORITHMS, (selector, context) -> selector.select(known)));
        processor.setJWTClaimsSetVerifier(claims());
        try {
            return new Claims(processor.process(jwt, null).getClaims()).bearer(settings);
        } catch (BadJOSEException | JOSEException | IllegalArgumentException e) {
            return new Unknown();
        }
    }

    private DefaultJWTClaimsVerifier<SecurityContext> claims() {
        var verifier = new DefaultJWTClaimsVerifier<>(
                settings.audiences(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("exp", "sub"),
                Set.of());
        verifier.setMaxClockSkew(LEEWAY_SECONDS);
        return verifier;
    }
}
