package io.switchboard.poller.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.switchboard.poller.plan.ProviderRequest;
import java.net.URI;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderUrlsTest {
    private static final Instant FROM = Instant.parse("2026-03-09T14:00:00.999Z");
    private static final Instant TO = Instant.parse("2026-03-09T15:00:00.001Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "https://ccapi.mightycall.com/v4,/v4/auth/token,/v4/api/team",
        "https://ccapi.mightycall.com,/v4/auth/token,/v4/api/team",
        "https://ccapi.mightycall.com/,/v4/auth/token,/v4/api/team",
        "https://api.mightycall.com/v4/api,/v4/auth/token,/v4/api/team",
        "https://api.mightycall.com/v4/api/,/v4/auth/token,/v4/api/team",
        "https://api.mightycall.com/api/v3,/api/v3/auth/token,/api/v3/team",
        "https://api.mightycall.com/api,/api/auth/token,/api/team",
        "http://localhost:8088/mock/v4,/mock/v4/auth/token,/mock/v4/api/team",
        "http://localhost:8088/acme,/acme/auth/token,/acme/api/team"
    })
    void everyStyleOfBaseUrlIsUnderstood(URI base, String token, String team) {
        var urls = ProviderUrls.of(base);

        assertThat(urls.token()).isEqualTo(token);
        assertThat(urls.of(new ProviderRequest.Team())).isEqualTo(team);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments(
                        new ProviderRequest.Calls(FROM, TO, 200, 100),
                        "calls?startUtc=2026-03-09T14%3A00%3A00&endUtc=2026-03-09T15%3A00%3A01&skip=200&pageSize=100"),
                arguments(new ProviderRequest.OneCall("7df5/../a b+?"), "calls/7df5%2F..%2Fa%20b%2B%3F"),
                arguments(
                        new ProviderRequest.Journal(FROM, TO, 3, 1_000),
                        "journal/requests?type=All&showUsers=true&from=2026-03-09T14%3A00%3A00Z"
                                + "&to=2026-03-09T15%3A00%3A01Z&page=3&pageSize=1000"),
                arguments(
                        new ProviderRequest.Voicemails(FROM, Instant.parse("2026-03-09T15:00:00Z"), 0, 500),
                        "voicemails?startUtc=2026-03-09T14%3A00%3A00&endUtc=2026-03-09T15%3A00%3A00&skip=0&pageSize=500"),
                arguments(new ProviderRequest.PhoneNumbers(), "phonenumbers"),
                arguments(new ProviderRequest.Profile(null), "profile"),
                arguments(new ProviderRequest.Profile("101"), "profile/101"),
                arguments(new ProviderRequest.OwnStatus(), "profile/status"),
                arguments(new ProviderRequest.Contacts(null, 2, 100), "contacts?page=2&pageSize=100"),
                arguments(
                        new ProviderRequest.Contacts(FROM, 1, 100),
                        "contacts?page=1&pageSize=100&updatedSince=2026-03-09T14%3A00%3A00Z"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("requests")
    void aRequestIsWrittenAsTheProviderReadsIt(ProviderRequest request, String written) {
        assertThat(ProviderUrls.of(URI.create("https://host/v4")).of(request)).isEqualTo("/v4/api/" + written);
    }

    @Test
    void theJournalHasNoLongerPages() {
        var urls = ProviderUrls.of(URI.create("https://host/v4"));

        assertThatIllegalArgumentException().isThrownBy(() -> urls.of(new ProviderRequest.Journal(FROM, TO, 1, 1_001)));
    }
}
