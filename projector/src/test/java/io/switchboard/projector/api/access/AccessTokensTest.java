package io.switchboard.projector.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.runtime.InvalidSettings;
import io.switchboard.runtime.SettingsReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    @Test
    void aTokenSpeaksForItsRoleAndAccount() {
        var tokens = tokens("alpha=viewer, beta=operator@west ,c2VjcmV0==platform_admin");

        assertSpeaksFor(tokens, "alpha", Role.VIEWER, null);
        assertSpeaksFor(tokens, "beta", Role.OPERATOR, "west");
        assertSpeaksFor(tokens, "c2VjcmV0=", Role.PLATFORM_ADMIN, null);
    }

    @Test
    void aPrincipalsNameIsItsTokensAloneAndTellsNothingOfIt() {
        var name = name(tokens("alpha=viewer,beta=viewer"), "alpha");

        assertThat(name(tokens("beta=viewer,alpha=viewer"), "alpha"))
                .isEqualTo(name)
                .startsWith("viewer-")
                .doesNotContain("alpha");
        assertThat(name(tokens("alpha=viewer,beta=viewer"), "beta")).isNotEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alph", "alpha2", "ALPHA", "alpha=viewer", "beta"})
    void nothingElseIsAToken(String presented) {
        assertThat(tokens("alpha=viewer").find(presented)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hushhush", "hushhush=boss", "=viewer", "hushhush=viewer@", "hushhush=", "a=viewer,a=operator"})
    void aBadEntryIsReportedWithoutItsToken(String text) {
        assertThatThrownBy(() -> tokens(text))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("API_TOKENS: entry")
                .hasMessageNotContaining("hush");
    }

    @Test
    void withoutTokensNobodyGetsIn() {
        assertThat(tokens(" ").isEmpty()).isTrue();
        assertThat(tokens(" ").find("")).isEmpty();
    }

    private static void assertSpeaksFor(AccessTokens tokens, String token, Role role, @Nullable String account) {
        assertThat(tokens.find(token)).hasValueSatisfying(principal -> {
            assertThat(principal.role()).isEqualTo(role);
            assertThat(principal.account()).isEqualTo(account);
        });
    }

    private static String name(AccessTokens tokens, String token) {
        return tokens.find(token).orElseThrow().name();
    }

    private static AccessTokens tokens(String text) {
        var reader = SettingsReader.of(Map.of("API_TOKENS", text));
        var tokens = AccessTokens.of(reader);
        reader.verify();
        return tokens;
    }
}
