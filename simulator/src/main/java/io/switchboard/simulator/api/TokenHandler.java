package io.switchboard.simulator.api;

import io.switchboard.simulator.access.AccessSettings;
import io.switchboard.simulator.access.AccessSettings.ExpiresIn;
import io.switchboard.simulator.access.Tokens;
import io.switchboard.simulator.access.Tokens.Pair;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** {@code /auth/token}: a pair of tokens for the api key and the user's key, or for a refresh token. */
final class TokenHandler {
    private final Tokens tokens;
    private final Credentials credentials;
    private final ApiAccount account;

    /** What the account's user signs in with. */
    record Credentials(String apiKey, String userKey) {}

    TokenHandler(Tokens tokens, Credentials credentials, ApiAccount account) {
        this.tokens = tokens;
        this.credentials = credentials;
        this.account = account;
    }

    /** @param form the fields of the request; none when the body was no form */
    ApiAnswer answer(Map<String, String> form, Optional<String> keyHeader, Instant now) {
        var settings = account.apiSettings().access();
        if (keyHeader.isPresent() && !keyHeader.get().equals(credentials.apiKey())) {
            return error("invalid_client");
        }
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> signIn(form, settings, now);
            case "refresh_token" -> refresh(form, keyHeader, settings, now);
            default -> error("unsupported_grant_type");
        };
    }

    private ApiAnswer signIn(Map<String, String> form, AccessSettings settings, Instant now) {
        var known = credentials.apiKey().equals(form.get("client_id"))
                && credentials.userKey().equals(form.get("client_secret"));
        return known ? answer(tokens.signIn(now, settings), settings) : error("invalid_client");
    }

    private ApiAnswer refresh(
            Map<String, String> form, Optional<String> keyHeader, AccessSettings settings, Instant now) {
        var named = keyHeader.or(() -> Optional.ofNullable(form.get("client_id")));
        if (named.filter(credentials.apiKey()::equals).isEmpty()) {
            return error("invalid_client");
        }
        return tokens.refresh(form.getOrDefault("refresh_token", ""), now, settings)
                .map(pair -> answer(pair, settings))
                .orElseGet(() -> error("invalid_grant"));
    }

    private static ApiAnswer answer(Pair pair, AccessSettings settings) {
        var body = new JsonObject().put("access_token", pair.access()).put("token_type", "bearer");
        if (settings.expiresIn() != ExpiresIn.ABSENT) {
            var life = settings.expiresIn() == ExpiresIn.TRUE ? settings.tokenLife() : AccessSettings.DOCUMENTED_LIFE;
            body.put("expires_in", life.toSeconds());
        }
        return ApiAnswer.ok(body.put("refresh_token", pair.refresh()));
    }

    private static ApiAnswer error(String error) {
        return ApiAnswer.of(400, new JsonObject().put("error", error));
    }
}
