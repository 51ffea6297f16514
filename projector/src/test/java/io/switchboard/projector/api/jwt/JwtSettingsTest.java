package io.switchboard.projector.api.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.runtime.InvalidSettings;
import io.switchboard.runtime.SettingsReader;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSettingsTest {
    private static final String URL = "https://id.example/keys";

    @Test
    void noneIsUsual() {
        assertThat(JwtSettings.of(SettingsReader.of(Map.of()))).isEmpty();
    }

    @Test
    void everyVariableIsRead() {
        var reader = SettingsReader.of(Map.of(
                "API_JWT_JWKS_URL", URL,
                "API_JWT_ISSUER", "https://id.example",
                "API_JWT_AUDIENCE", "a, b",
                "API_JWT_ROLE_CLAIM", "realm_access.roles",
                "API_JWT_ACCOUNT_CLAIM", "account"));

        assertThat(JwtSettings.of(reader))
                .contains(new JwtSettings(
                        URI.create(URL), "https://id.example", Set.of("a", "b"), "realm_access.roles", "account"));
        reader.verify();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "API_JWT_JWKS_URL",
                "API_JWT_ISSUER",
                "API_JWT_AUDIENCE",
                "API_JWT_ROLE_CLAIM",
                "API_JWT_ACCOUNT_CLAIM"
            })
    void halfAConfigurationNamesWhatIsMissing(String alone) {
        var reader = SettingsReader.of(Map.of(alone, URL));

        assertThat(JwtSettings.of(reader)).isEmpty();
        for (var needed : Set.of("API_JWT_JWKS_URL", "API_JWT_ISSUER", "API_JWT_AUDIENCE")) {
            if (!needed.equals(alone)) {
                assertThatThrownBy(reader::verify)
                        .isInstanceOf(InvalidSettings.class)
                        .hasMessageContaining(needed + ": missing: signed tokens take");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys",
                "ftp://id.example",
                "http://id.example/keys",
                "https:///keys",
                "https://me:secret@id.example/",
                "%"
            })
    void keysComeFromWhereNobodyCanChangeThem(String url) {
        var reader = SettingsReader.of(Map.of("API_JWT_JWKS_URL", url, "API_JWT_ISSUER", "i", "API_JWT_AUDIENCE", "a"));

        assertThat(JwtSettings.of(reader)).isEmpty();
        assertThatThrownBy(reader::verify)
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("API_JWT_JWKS_URL: takes")
                .hasMessageNotContaining("secret");
    }

    @Test
    void thisMachineNeedsNoCertificate() {
        for (var url : Set.of("http://localhost:8080/keys", "http://127.0.0.1/keys", "http://[::1]:1/keys")) {
            assertThat(JwtSettings.of(SettingsReader.of(
                            Map.of("API_JWT_JWKS_URL", url, "API_JWT_ISSUER", "i", "API_JWT_AUDIENCE", "a"))))
                    .isPresent();
        }
    }
}
