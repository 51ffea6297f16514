package io.switchboard.projector.api.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.runtime.InvalidSettings;
import io.switchboard.runtime.SettingsReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    @Test
    void onlyWhatIsWrittenIsAllowed() {
        var origins = Origins.of(SettingsReader.of(
                Map.of(Origins.VARIABLE, "https://a.example, http://localhost:5173,http://[::1]:80801")));

        assertThat(origins.allow("https://a.example")).isTrue();
        assertThat(origins.allow("http://localhost:5173")).isTrue();
        for (var other : new String[] {
            null,
            "",
            "null",
            "*",
            "http://a.example",
            "https://a.example:444",
            "https://b.a.example",
            "https://a.example.evil.example",
            "https://A.example",
            "https://a.example/"
        }) {
            assertThat(origins.allow(other)).as(other).isFalse();
        }
    }

    @Test
    void noneIsUsual() {
        assertThat(Origins.of(SettingsReader.of(Map.of())).matter()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://*.example",
                "a.example",
                "https://a.example/",
                "https://a.example/x",
                "null",
                "HTTPS://a.example",
                "ftp://a.example",
                "https://a.example:443",
                "http://a.example:80",
                "https://ok.example,*",
                "https://user@a.example",
                "https://"
            })
    void whatBrowsersDoNotSendIsRefused(String text) {
        var reader = SettingsReader.of(Map.of(Origins.VARIABLE, text));

        assertThat(Origins.of(reader).matter()).isFalse();
        assertThatThrownBy(reader::verify).isInstanceOf(InvalidSettings.class).hasMessageContaining(Origins.VARIABLE);
    }
}
