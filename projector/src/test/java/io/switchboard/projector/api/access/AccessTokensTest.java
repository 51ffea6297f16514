package io.switchboard.projector.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.runtime.InvalidSettings;
import io.switchboard.runtime.SettingsReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    @Test
    void aTokenSpeaksForItsRoleAndAccount() {
        var tokens = tokens("alpha=viewer, beta=operator@west ,c2VjcmV0==platform_admin");

        assertThat(tokens.find("alpha")).contains(new Principal(Role.VIEWER, null));
        assertThat(tokens.find("beta")).contains(new Principal(Role.OPERATOR, "west"));
        assertThat(tokens.find("c2VjcmV0=")).contains(new Principal(Role.PLATFORM_ADMIN, null));
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

    private static AccessTokens tokens(String text) {
        var reader = SettingsReader.of(Map.of("API_TOKENS", text));
        var tokens = AccessTokens.of(reader);
        reader.verify();
        return tokens;
    }
}
