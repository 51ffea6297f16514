package io.switchboard.poller.provider;

import io.switchboard.poller.provider.Refusals.Grant;
import io.switchboard.runtime.Account;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An account's secrets: its keys and the tokens they brought. Any thread; nothing here tells them but into a request. */
final class ProviderKeys {
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]{1,16384}");
    private static final Pattern WHOLE_SECONDS = Pattern.compile("\\d{1,9}");
    /** What the provider's own clients assume where it does not say. */
    private static final Duration USUAL_LIFE = Duration.ofHours(1);

    private final String apiKey;
    private final String userKey;
    private volatile Tokens tokens = Tokens.NONE;

    private record Tokens(@Nullable String access, @Nullable String refresh) {
        private static final Tokens NONE = new Tokens(null, null);

        /** Without the tokens. */
        @Override
        public String toString() {
            return "Tokens";
        }
    }

    ProviderKeys(Account account) {
        this.apiKey = account.apiKey().orElse("");
        this.userKey = account.userKey().orElse("");
    }

    /** Whether a request can carry the keys at all. */
    boolean areUsable() {
        return HEADER_VALUE.matcher(apiKey).matches() && !userKey.isEmpty();
    }

    boolean hasToken() {
        return tokens.access() != null;
    }

    /** How the next token is best asked for. */
    Grant grant() {
        return tokens.refresh() == null ? Grant.KEYS : Grant.REFRESH;
    }

    /** The form of a request for a token. */
    String form(Grant grant) {
        var refresh = tokens.refresh();
        return grant == Grant.REFRESH && refresh != null
                ? "grant_type=refresh_token&refresh_token=" + ProviderUrls.encoded(refresh)
                : "grant_type=client_credentials&client_id=" + ProviderUrls.encoded(apiKey) + "&client_secret="
                        + ProviderUrls.encoded(userKey);
    }

    void addApiKey(RequestOptions options) {
        options.putHeader("x-api-key", apiKey);
    }

    /** Adds key and, if there is one, token. */
    void authorize(RequestOptions options) {
        addApiKey(options);
        var access = tokens.access();
        if (access != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + access);
        }
    }

    /** Keeps the tokens of an answer and says until when they live; null when it holds none. */
    synchronized @Nullable Instant accept(Members answer, Instant now) {
        var access = answer.text("access_token");
        if (access == null || !HEADER_VALUE.matcher(access).matches()) {
            return null;
        }
        var refresh = answer.text("refresh_token");
        tokens = new Tokens(access, refresh == null ? tokens.refresh() : refresh);
        var life = answer.text("expires_in");
        return now.plus(
                life != null && WHOLE_SECONDS.matcher(life).matches()
                        ? Duration.ofSeconds(Long.parseLong(life))
                        : USUAL_LIFE);
    }

    /** The refresh token was refused: only the keys are left. */
    synchronized void dropRefreshToken() {
        tokens = new Tokens(tokens.access(), null);
    }

    /** What no text may show. */
    List<String> secrets() {
        var secrets = new ArrayList<>(List.of(apiKey));
        var held = tokens;
        if (userKey.length() > 3) {
            secrets.add(userKey); // a user key may be an extension: three digits are in every sentence
        }
        for (var token : new String[] {held.access(), held.refresh()}) {
            if (token != null) {
                secrets.add(token);
            }
        }
        return secrets;
    }

    /** Without keys and tokens. */
    @Override
    public String toString() {
        return "ProviderKeys";
    }
}
