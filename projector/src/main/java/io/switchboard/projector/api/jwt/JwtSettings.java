package io.switchboard.projector.api.jwt;

import io.switchboard.runtime.SettingsReader;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose signed tokens are taken.
 *
 * @param keys where the provider publishes its keys
 * @param issuer who has to have signed
 * @param audiences one of which has to be meant
 * @param roleClaim the claim that holds roles: a name, or a path such as {@code realm_access.roles}
 * @param accountClaim the claim that holds the only account of the caller; null when callers are bound to none
 */
public record JwtSettings(
        URI keys,
        String issuer,
        Set<String> audiences,
        String roleClaim,
        @Nullable String accountClaim) {
    public static final String KEYS = "API_JWT_JWKS_URL";
    public static final String ISSUER = "API_JWT_ISSUER";
    public static final String AUDIENCE = "API_JWT_AUDIENCE";
    public static final String ROLE_CLAIM = "API_JWT_ROLE_CLAIM";
    public static final String ACCOUNT_CLAIM = "API_JWT_ACCOUNT_CLAIM";

    private static final String USUAL_ROLE_CLAIM = "roles";
    private static final String TAKES_KEYS =
            "takes the https URL of the identity provider's keys (http only on this machine: localhost, 127.0.0.1, [::1])";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Empty when none are taken; half a configuration is a problem, and so is each of its parts. */
    public static Optional<JwtSettings> of(SettingsReader reader) {
        var keys = reader.uri(KEYS);
        var issuer = reader.text(ISSUER);
        var audiences = reader.list(AUDIENCE);
        var roleClaim = reader.text(ROLE_CLAIM);
        var accountClaim = reader.text(ACCOUNT_CLAIM);
        var given = reader.text(KEYS).isPresent()
                || issuer.isPresent()
                || !audiences.isEmpty()
                || roleClaim.isPresent()
                || accountClaim.isPresent();
        if (!given) {
            return Optional.empty();
        }
        required(reader, KEYS, reader.text(KEYS).isPresent());
        required(reader, ISSUER, issuer.isPresent());
        required(reader, AUDIENCE, !audiences.isEmpty());
        if (keys.isPresent() && !isUsable(keys.get())) {
            reader.reject(KEYS, TAKES_KEYS);
            return Optional.empty();
        }
        return keys.isEmpty() || issuer.isEmpty() || audiences.isEmpty()
                ? Optional.empty()
                : Optional.of(new JwtSettings(
                        keys.get(),
                        issuer.get(),
                        Set.copyOf(List.copyOf(audiences)),
                        roleClaim.orElse(USUAL_ROLE_CLAIM),
                        accountClaim.orElse(null)));
    }

    private static void required(SettingsReader reader, String name, boolean there) {
        if (!there) {
            reader.reject(
                    name, "missing: signed tokens take " + KEYS + ", " + ISSUER + " and " + AUDIENCE + " together");
        }
    }

    private static boolean isUsable(URI url) {
        return url.getHost() != null
                && url.getUserInfo() == null
                && ("https".equals(url.getScheme())
                        || ("http".equals(url.getScheme()) && THIS_MACHINE.contains(url.getHost())));
    }
}
