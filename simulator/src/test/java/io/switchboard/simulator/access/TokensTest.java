package io.switchboard.simulator.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.runtime.SettingsReader;
import io.switchboard.simulator.switches.Switches;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-03-09T12:00:00Z");
    private static final AccessSettings STANDARD = AccessSettings.STANDARD;

    private final Tokens tokens = new Tokens(new SplittableRandom(1));

    @Test
    void aTokenLooksLikeTheProvidersAndWorksUntilItEnds() {
        var pair = tokens.signIn(NOW, STANDARD);

        assertThat(pair.access()).hasSize(800).matches("[\\w-]+");
        assertThat(pair.refresh()).hasSize(44).endsWith("=");
        assertThat(tokens.valid(pair.access(), NOW.plusSeconds(86_398), STANDARD))
                .isTrue();
        assertThat(tokens.valid(pair.access(), NOW.plusSeconds(86_399), STANDARD))
                .isFalse();
        assertThat(tokens.known(pair.access())).isTrue();
    }

    @Test
    void aRefreshGivesANewPairOnce() {
        var first = tokens.signIn(NOW, STANDARD);

        var second =
                tokens.refresh(first.refresh(), NOW.plusSeconds(100), STANDARD).orElseThrow();

        assertThat(second.access()).isNotEqualTo(first.access());
        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        assertThat(tokens.valid(first.access(), NOW.plusSeconds(100), STANDARD)).isTrue();
        assertThat(tokens.refresh(first.refresh(), NOW, STANDARD)).isEmpty();
    }

    @Test
    void aRefreshMayRevokeWhatItReplaces() {
        var settings = with("SIMULATOR_API_REFRESH", "revokes");
        var first = tokens.signIn(NOW, settings);

        assertThat(tokens.refresh(first.refresh(), NOW, settings)).isPresent();

        assertThat(tokens.valid(first.access(), NOW, settings)).isFalse();
    }

    @Test
    void tokensLiveSideBySideUnlessOnlyTheLatestIsAllowed() {
        var first = tokens.signIn(NOW, STANDARD);
        var second = tokens.signIn(NOW, STANDARD);
        assertThat(tokens.valid(first.access(), NOW, STANDARD)).isTrue();

        var third = tokens.signIn(NOW, with("SIMULATOR_API_PARALLEL_TOKENS", "latest-only"));

        assertThat(tokens.valid(second.access(), NOW, STANDARD)).isFalse();
        assertThat(tokens.refresh(second.refresh(), NOW, STANDARD)).isEmpty();
        assertThat(tokens.valid(third.access(), NOW, STANDARD)).isTrue();
    }

    @Test
    void onlyTheNewestThousandAreRemembered() {
        var first = tokens.signIn(NOW, STANDARD);
        for (int i = 0; i < 1_000; i++) {
            assertThat(tokens.signIn(NOW, STANDARD)).isNotEqualTo(first);
        }

        assertThat(tokens.known(first.access())).isFalse();
        assertThat(tokens.refresh(first.refresh(), NOW, STANDARD)).isEmpty();
    }

    private static AccessSettings with(String name, String value) {
        return AccessSettings.read(new Switches(SettingsReader.of(Map.of(name, value))), STANDARD);
    }
}
