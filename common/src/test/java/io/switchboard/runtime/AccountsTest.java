package io.switchboard.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {
    private static final String TWO = """
            - id: north
              api_key: north-key
              user_key: north-secret
              base_url: https://api.mightycall.com/v4/
              webhook_tokens: [north-token-of-sixteen, second-north-token-16]
              timezone: America/New_York
            - id: south
              webhook_tokens: south-token-of-sixteen
            """;

    @TempDir
    private Path folder;

    @Test
    void withoutAFileTheVariablesMakeOneAccount() {
        var reader = SettingsReader.of(Map.of(
                "MIGHTYCALL_API_KEY", "key",
                "MIGHTYCALL_USER_KEY", "secret",
                "MIGHTYCALL_BASE_URL", "http://127.0.0.1:8090/v4",
                "WEBHOOK_TOKENS", "a-token-of-sixteen-or-more"));

        var accounts = Accounts.of(reader);
        reader.verify();

        assertThat(accounts).hasSize(1);
        var account = accounts.getFirst();
        assertThat(account.id()).isEqualTo("default");
        assertThat(account.hasCredentials()).isTrue();
        assertThat(account.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:8090/v4"));
        assertThat(account.toString()).doesNotContain("key", "secret", "token");
    }

    @Test
    void theStandardHostIsTheContactCentres() {
        assertThat(Accounts.of(SettingsReader.of(Map.of())).getFirst().baseUrl())
                .isEqualTo(URI.create("https://ccapi.mightycall.com/v4"));
    }

    @Test
    void aFileNamesSeveral() throws IOException {
        var reader = reader(TWO);

        var accounts = Accounts.of(reader);
        reader.verify();

        assertThat(accounts).extracting(Account::id).containsExactly("north", "south");
        var north = accounts.get(0);
        assertThat(north.apiKey()).contains("north-key");
        assertThat(north.baseUrl()).isEqualTo(URI.create("https://api.mightycall.com/v4"));
        assertThat(north.webhookTokens()).hasSize(2);
        assertThat(north.timezone()).contains(ZoneId.of("America/New_York"));
        var south = accounts.get(1);
        assertThat(south.hasCredentials()).isFalse();
        assertThat(south.webhookTokens()).containsExactly("south-token-of-sixteen");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            - id: North                                         | entry 1 needs an id
            - {id: a, api_key: SECRET, user_key: SECRET, x: 1}  | unknown members: x
            - {id: a, api_key: SECRET}                          | only one of api_key and user_key
            - {id: a, webhook_tokens: [SECRET]}                 | webhook_tokens takes a list of tokens
            - {id: a, base_url: 'ftp://SECRET'}                 | base_url takes an http or https URL
            - {id: a, timezone: SECRET/City}                    | timezone takes an IANA zone
            - SECRET                                            | entry 1 is not a mapping
            [{id: a}, {id: a}]                                  | names account a twice
            {id: a}                                             | a YAML list of accounts
            []                                                  | takes a YAML list of 1 to
            '- {id: "SECRET'                                    | is not YAML
            """)
    void aBadFileIsNamedByPlaceAndNeverQuoted(String yaml, String problem) throws IOException {
        var reader = reader(yaml);

        var unused = Accounts.of(reader);

        var failure = catchThrowableOfType(InvalidSettings.class, reader::verify);
        assertThat(failure).isNotNull();
        assertThat(String.join("; ", failure.problems()))
                .contains("MIGHTYCALL_ACCOUNTS_FILE", problem)
                .doesNotContain("SECRET");
    }

    @Test
    void aTokenBelongsToOneAccount() throws IOException {
        var reader = reader("""
                - {id: a, webhook_tokens: [one-token-of-sixteen]}
                - {id: b, webhook_tokens: [one-token-of-sixteen]}
                """);

        var unused = Accounts.of(reader);

        assertThat(catchThrowableOfType(InvalidSettings.class, reader::verify).problems())
                .singleElement()
                .asString()
                .contains("account b a webhook token that is given already");
    }

    private SettingsReader reader(String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("accounts.yaml"), yaml);
        return SettingsReader.of(Map.of("MIGHTYCALL_ACCOUNTS_FILE", file.toString()));
    }
}
