package io.switchboard.projector.api.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Signs tokens and publishes its keys, or is away. */
final class IdentityProvider implements KeySource {
    static final String ISSUER = "https://id.example/realms/acme";
    static final RSAKey RSA = rsa("rsa-1");

    final List<JWK> published = new ArrayList<>(List.of(RSA));
    boolean away;
    int asked;

    @Override
    public CompletionStage<String> fetch() {
        asked++;
        return away
                ? CompletableFuture.failedFuture(new java.io.IOException("away"))
                : CompletableFuture.completedFuture(new JWKSet(published).toString());
    }

    /** Claims of a good token. */
    static Map<String, Object> claims() {
        return new TreeMap<>(Map.of(
                "iss", ISSUER,
                "aud", List.of("account", "switchboard"),
                "sub", "7d0c-ann",
                "exp", Date.from(Instant.now().plusSeconds(300)),
                "realm_access", Map.of("roles", List.of("offline_access", "supervisor"))));
    }

    static String token(Map<String, Object> claims) {
        return token(claims, RSA, JWSAlgorithm.RS256, "JWT");
    }

    static String token(Map<String, Object> claims, JWK key, JWSAlgorithm algorithm, String type) {
        var set = new JWTClaimsSet.Builder();
        claims.forEach(set::claim);
        var header = new JWSHeader.Builder(algorithm)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType(type))
                .build();
        var jwt = new SignedJWT(header, set.build());
        try {
            jwt.sign(key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner((RSAKey) key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return jwt.serialize();
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
