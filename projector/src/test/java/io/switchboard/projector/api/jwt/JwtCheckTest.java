package io.switchboard.projector.api.jwt;

import static io.switchboard.projector.api.jwt.IdentityProvider.ISSUER;
import static io.switchboard.projector.api.jwt.IdentityProvider.RSA;
import static io.switchboard.projector.api.jwt.IdentityProvider.claims;
import static io.switchboard.projector.api.jwt.IdentityProvider.ec;
import static io.switchboard.projector.api.jwt.IdentityProvider.rsa;
import static io.switchboard.projector.api.jwt.IdentityProvider.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.switchboard.projector.api.access.BearerAnswer;
import io.switchboard.projector.api.access.BearerAnswer.Known;
import io.switchboard.projector.api.access.BearerAnswer.Unknown;
import io.switchboard.projector.api.access.BearerAnswer.WithoutRole;
import io.switchboard.projector.api.access.Principal;
import io.switchboard.projector.api.access.Role;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JwtCheckTest {
    private final IdentityProvider provider = new IdentityProvider();
    private final AtomicLong now = new AtomicLong();
    private final JwtCheck check = check("realm_access.roles", null);

    @Test
    void aGoodTokenSpeaksForItsSubject() {
        assertThat(answer(token(claims()))).isEqualTo(new Known(new Principal(Role.SUPERVISOR, null, "jwt:7d0c-ann")));
        assertThat(answer(token(claims(), RSA, JWSAlgorithm.PS512, "at+jwt"))).isInstanceOf(Known.class);
    }

    @Test
    void ellipticCurvesVerifyToo() {
        var key = ec("ec-1");
        provider.published.add(key);

        assertThat(answer(token(claims(), key, JWSAlgorithm.ES256, "JWT"))).isInstanceOf(Known.class);
    }

    static Stream<Arguments> badClaims() {
        var past = Date.from(Instant.now().minusSeconds(31));
        var future = Date.from(Instant.now().plusSeconds(60));
        return Stream.of(
                bad("another issuer", claims -> claims.put("iss", ISSUER + "/")),
                bad("no issuer", claims -> claims.remove("iss")),
                bad("another audience", claims -> claims.put("aud", "account")),
                bad("no audience", claims -> claims.remove("aud")),
                bad("expired", claims -> claims.put("exp", past)),
                bad("no expiry", claims -> claims.remove("exp")),
                bad("not yet", claims -> claims.put("nbf", future)),
                bad("nobody", claims -> claims.remove("sub")),
                bad("an empty name", claims -> claims.put("sub", " ")),
                bad("an endless name", claims -> claims.put("sub", "x".repeat(129))),
                bad("a name of two lines", claims -> claims.put("sub", "a\nb")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badClaims")
    void aTokenIsWorthNothingWith(String name, Consumer<Map<String, Object>> spoil) {
        var claims = claims();
        spoil.accept(claims);

        assertThat(answer(token(claims))).as(name).isEqualTo(new Unknown());
    }

    @Test
    void clocksMayDifferALittle() {
        var claims = claims();
        claims.put("exp", Date.from(Instant.now().minusSeconds(20)));
        claims.put("nbf", Date.from(Instant.now().plusSeconds(20)));

        assertThat(answer(token(claims))).isInstanceOf(Known.class);
    }

    @Test
    void noneAndSharedSecretsVerifyNothing() throws Exception {
        var claims = new JWTClaimsSet.Builder();
        claims().forEach(claims::claim);
        assertThat(answer(new PlainJWT(claims.build()).serialize())).isEqualTo(new Unknown());

        // The classic: the public key as the secret of an HMAC.
        for (var secret : List.of(
                RSA.toRSAPublicKey().getEncoded(), RSA.toPublicJWK().toString().getBytes())) {
            var mac = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(), claims.build());
            mac.sign(new MACSigner(secret));
            assertThat(answer(mac.serialize())).isEqualTo(new Unknown());
        }
    }

    @Test
    void anotherKeyOfTheSameNameVerifiesNothing() {
        assertThat(answer(token(claims(), rsa("rsa-1"), JWSAlgorithm.RS256, "JWT")))
                .isEqualTo(new Unknown());
    }

    @Test
    void aChangedTokenIsWorthNothing() {
        var good = token(claims());
        var parts = good.split("\\.");
        var other = claims();
        other.put("realm_access", Map.of("roles", List.of("platform_admin")));
        var forged = parts[0] + "." + token(other).split("\\.")[1] + "." + parts[2];

        assertThat(answer(forged)).isEqualTo(new Unknown());
        for (var text : List.of(
                "", ".", "..", "...", "a.b.c", good + "x.y", parts[0] + "." + parts[1] + ".", "x".repeat(13_000))) {
            assertThat(answer(text)).as(text).isEqualTo(new Unknown());
        }
        assertThat(answer(token(claims(), RSA, JWSAlgorithm.RS256, "dpop+jwt"))).isEqualTo(new Unknown());
    }

    static Stream<Arguments> roles() {
        return Stream.of(
                Arguments.of("role", "viewer", Role.VIEWER),
                Arguments.of("role", "openid viewer", Role.VIEWER),
                Arguments.of("role", List.of("x", "viewer", "supervisor"), Role.SUPERVISOR),
                Arguments.of("role", List.of("operator", "platform_admin"), Role.PLATFORM_ADMIN),
                Arguments.of("role", List.of("operator", "supervisor"), Role.SUPERVISOR),
                Arguments.of("https://acme.example/role", "operator", Role.OPERATOR),
                Arguments.of("role", "Viewer", null),
                Arguments.of("role", List.of(7, List.of("viewer")), null),
                Arguments.of("role", Map.of("viewer", true), null),
                Arguments.of("role", 7, null),
                Arguments.of("role", List.of(), null));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("roles")
    void theClaimGivesTheRole(String claim, Object value, @Nullable Role role) {
        var claims = claims();
        claims.put(claim, value);

        var answer = answer(check(claim, null), token(claims));

        assertThat(answer)
                .isEqualTo(role == null ? new WithoutRole() : new Known(new Principal(role, null, "jwt:7d0c-ann")));
    }

    @Test
    void aPathThatLeadsNowhereGivesNoRole() {
        for (var path : List.of("roles", "realm_access", "realm_access.roles.x", "realm_access..roles", ".", "sub.x")) {
            assertThat(answer(check(path, null), token(claims()))).as(path).isEqualTo(new WithoutRole());
        }
    }

    @Test
    void theAccountIsBoundByItsClaim() {
        var bound = check("realm_access.roles", "org.account");
        var claims = claims();
        assertThat(answer(bound, token(claims))).isEqualTo(new WithoutRole());
        claims.put("org", Map.of("account", "west"));
        assertThat(answer(bound, token(claims)))
                .isEqualTo(new Known(new Principal(Role.SUPERVISOR, "west", "jwt:7d0c-ann")));
        claims.put("org", Map.of("account", "*"));
        assertThat(answer(bound, token(claims)))
                .isEqualTo(new Known(new Principal(Role.SUPERVISOR, null, "jwt:7d0c-ann")));
        for (var nothing : List.of("", List.of("west"), 7)) {
            claims.put("org", Map.of("account", nothing));
            assertThat(answer(bound, token(claims))).isEqualTo(new WithoutRole());
        }
    }

    @Test
    void aNewKeyIsFetchedButNotForEveryStranger() {
        assertThat(answer(token(claims()))).isInstanceOf(Known.class);
        assertThat(provider.asked).isEqualTo(1);
        var next = rsa("rsa-2");
        var signed = token(claims(), next, JWSAlgorithm.RS256, "JWT");
        for (int i = 0; i < 50; i++) {
            assertThat(answer(signed)).isEqualTo(new Unknown());
        }
        assertThat(provider.asked).isEqualTo(1);

        provider.published.add(next);
        pass(Duration.ofSeconds(31));
        assertThat(answer(signed)).isInstanceOf(Known.class);
        assertThat(provider.asked).isEqualTo(2);
    }

    @Test
    void knownKeysGoOnWhileTheProviderIsAway() {
        assertThat(answer(token(claims()))).isInstanceOf(Known.class);
        provider.away = true;
        pass(Duration.ofHours(3));

        assertThat(answer(token(claims()))).isInstanceOf(Known.class);
        assertThat(provider.asked).isEqualTo(2);
    }

    @Test
    void aKeyThatWasTakenBackVerifiesNothingAnyMore() {
        assertThat(answer(token(claims()))).isInstanceOf(Known.class);
        provider.published.clear();
        provider.published.add(rsa("rsa-2"));
        pass(Duration.ofMinutes(11));
        assertThat(answer(token(claims())))
                .as("the last time, while it is asked")
                .isInstanceOf(Known.class);
        assertThat(answer(token(claims()))).isEqualTo(new Unknown());
    }

    @Test
    void withoutAnyKeyItCannotBeTold() {
        provider.away = true;
        assertThatThrownBy(() -> answer(token(claims())))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(KeysUnavailable.class);
        provider.away = false;
        pass(Duration.ofSeconds(4));
        assertThat(answer(token(claims()))).isInstanceOf(Known.class);
    }

    @Test
    void secretsAmongTheKeysAreLeftOut() throws JOSEException {
        var secret = new com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator(256)
                .keyID("secret")
                .generate();
        provider.published.add(secret);
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("secret").build(),
                new JWTClaimsSet.Builder().subject("x").build());
        jwt.sign(new MACSigner(secret));

        assertThat(answer(jwt.serialize())).isEqualTo(new Unknown());
    }

    private BearerAnswer answer(String token) {
        return answer(check, token);
    }

    private static BearerAnswer answer(JwtCheck check, String token) {
        return check.check(token).toCompletableFuture().join();
    }

    private JwtCheck check(String roleClaim, @Nullable String accountClaim) {
        var settings = new JwtSettings(
                URI.create("https://id.example/keys"), ISSUER, Set.of("switchboard"), roleClaim, accountClaim);
        return new JwtCheck(settings, new SigningKeys(provider, now::get));
    }

    private void pass(Duration duration) {
        assertThat(now.addAndGet(duration.toNanos())).isPositive();
    }

    private static Arguments bad(String name, Consumer<Map<String, Object>> spoil) {
        return Arguments.of(name, spoil);
    }
}
