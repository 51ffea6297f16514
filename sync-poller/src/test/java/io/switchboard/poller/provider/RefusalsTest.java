package io.switchboard.poller.provider;

import static io.switchboard.poller.plan.Failure.Kind.BAD_REQUEST;
import static io.switchboard.poller.plan.Failure.Kind.CREDENTIALS_REJECTED;
import static io.switchboard.poller.plan.Failure.Kind.FORBIDDEN;
import static io.switchboard.poller.plan.Failure.Kind.LIMIT_EXCEEDED;
import static io.switchboard.poller.plan.Failure.Kind.MALFORMED;
import static io.switchboard.poller.plan.Failure.Kind.NOT_FOUND;
import static io.switchboard.poller.plan.Failure.Kind.SERVER_ERROR;
import static io.switchboard.poller.plan.Failure.Kind.THROTTLED;
import static io.switchboard.poller.plan.Failure.Kind.TOKEN_REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.switchboard.poller.plan.Failure;
import io.switchboard.poller.provider.Refusals.Grant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
    private static final Instant NOW = Instant.parse("2026-03-09T19:00:00Z");
    private static final String KEY = "3fa85f64-key";
    private static final Refusals REFUSALS = new Refusals(List.of(KEY), NOW);

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments(401, Samples.text("error-401-denied"), TOKEN_REJECTED),
                arguments(401, "", TOKEN_REJECTED),
                arguments(400, Samples.text("calls-get-400-not-found"), NOT_FOUND),
                arguments(400, Samples.text("voicemails-400-not-found"), NOT_FOUND),
                arguments(400, Samples.text("phonenumbers-400-not-found"), NOT_FOUND),
                arguments(400, Samples.text("profile-400-not-found"), NOT_FOUND),
                arguments(404, Samples.text("journal-404"), NOT_FOUND),
                arguments(404, "<html>nothing here</html>", NOT_FOUND),
                arguments(400, Samples.text("profile-status-400"), BAD_REQUEST),
                arguments(400, Samples.text("calls-list-400-model-state"), BAD_REQUEST),
                arguments(400, Samples.text("journal-400-filter-malformed"), BAD_REQUEST),
                arguments(400, Samples.text("journal-400-id-format"), BAD_REQUEST),
                arguments(400, "", BAD_REQUEST),
                arguments(405, "", BAD_REQUEST),
                arguments(412, "{\"errorCode\":\"ContactWasModified\"}", BAD_REQUEST),
                arguments(403, Samples.text("contactcenter-403-role"), FORBIDDEN),
                arguments(403, "", FORBIDDEN),
                arguments(
                        403,
                        "{\"errorCode\":\"ContactsLimitExceeded\",\"message\":\"Contacts limit exceeded\"}",
                        FORBIDDEN),
                arguments(429, Samples.text("messages-send-429"), THROTTLED),
                arguments(429, "", THROTTLED),
                arguments(429, "<html>Too Many Requests</html>", THROTTLED),
                arguments(429, Samples.text("limit-exceeded-429"), LIMIT_EXCEEDED),
                arguments(403, "{\"message\":\"LIMIT EXCEEDED\"}", LIMIT_EXCEEDED),
                arguments(400, "{\"Message\":\"The daily limit of 2500 requests has been reached.\"}", LIMIT_EXCEEDED),
                arguments(400, "{\"errorCode\":\"LimitExceeded\"}", LIMIT_EXCEEDED),
                arguments(503, "{\"error\":\"limit_exceeded\"}", LIMIT_EXCEEDED),
                arguments(403, "Requests limit reached", LIMIT_EXCEEDED),
                arguments(401, "{\"message\":\"You have exceeded your limit\"}", LIMIT_EXCEEDED),
                arguments(500, Samples.text("error-500"), SERVER_ERROR),
                arguments(502, "<html>Bad Gateway</html>", SERVER_ERROR),
                arguments(500, "{\"message\":\"Execution time limit exceeded\"}", SERVER_ERROR),
                arguments(302, "", MALFORMED),
                arguments(304, "", MALFORMED));
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @MethodSource("answers")
    void everyAnswerThatIsNoPageHasItsKind(int status, String body, Failure.Kind kind) {
        assertThat(REFUSALS.ofData(answer(status, null, body)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest(name = "200 {0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"message\":\"Limit Exceeded\"} | LIMIT_EXCEEDED",
                "Limit Exceeded | LIMIT_EXCEEDED",
                "{\"message\":\"Call not found\",\"isSuccess\":false} | NOT_FOUND",
                "{\"message\":\"all fine\"} | MALFORMED",
                "<html>Limit of your patience</html> | MALFORMED",
                "{\"calls\":[ | MALFORMED",
            })
    void aSuccessWithoutAPageHasItsKindToo(String body, Failure.Kind kind) {
        assertThat(REFUSALS.ofUnreadable(answer(200, null, body), "cut off").kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest(name = "{0} {1} is {2} with the keys, {3} with a refresh token")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | {\"error\":\"invalid_client\"} | CREDENTIALS_REJECTED | TOKEN_REJECTED",
                "400 | {\"error\":\"invalid_grant\"} | CREDENTIALS_REJECTED | TOKEN_REJECTED",
                "401 | {\"error\":\"invalid_client\"} | CREDENTIALS_REJECTED | TOKEN_REJECTED",
                "401 | {\"message\":\"denied\"} | CREDENTIALS_REJECTED | TOKEN_REJECTED",
                "200 | {\"error\":\"invalid_client\"} | CREDENTIALS_REJECTED | TOKEN_REJECTED",
                "400 | {\"error\":\"unsupported_grant_type\"} | BAD_REQUEST | TOKEN_REJECTED",
                "403 | {\"message\":\"Limit Exceeded\"} | LIMIT_EXCEEDED | LIMIT_EXCEEDED",
                "403 | {\"message\":\"No API on this plan\"} | FORBIDDEN | FORBIDDEN",
                "404 | <html/> | NOT_FOUND | NOT_FOUND",
                "429 | {} | THROTTLED | THROTTLED",
                "500 | {} | SERVER_ERROR | SERVER_ERROR",
                "200 | {\"token\":\"x\"} | MALFORMED | MALFORMED",
                "200 | <html/> | MALFORMED | MALFORMED",
            })
    void keysNeedAPersonAndARefreshTokenOnlyTheKeys(
            int status, String body, Failure.Kind withKeys, Failure.Kind withRefreshToken) {
        assertThat(REFUSALS.ofToken(answer(status, null, body), Grant.KEYS).kind())
                .isEqualTo(withKeys);
        assertThat(REFUSALS.ofToken(answer(status, null, body), Grant.REFRESH).kind())
                .isEqualTo(withRefreshToken);
    }

    @Test
    void theSampleOfWrongKeysNeedsAPerson() {
        var answer = answer(400, null, Samples.text("auth-400-invalid_client"));

        assertThat(REFUSALS.ofToken(answer, Grant.KEYS))
                .isEqualTo(new Failure(CREDENTIALS_REJECTED, "400 invalid_client", null));
    }

    @ParameterizedTest(name = "Retry-After {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | 2026-03-09T19:02:00Z",
                "0 | 2026-03-09T19:00:00Z",
                "Mon, 09 Mar 2026 19:30:00 GMT | 2026-03-09T19:30:00Z",
                "Mon, 09 Mar 2026 18:00:00 GMT | 2026-03-09T19:00:00Z",
                "999999999 | 2026-03-11T19:00:00Z",
                "soon |",
                "-5 |",
            })
    void theHeaderTellsWhenToComeAgain(String header, @Nullable Instant retryAt) {
        assertThat(REFUSALS.ofData(answer(429, header, "")).retryAt()).isEqualTo(retryAt);
        assertThat(REFUSALS.ofData(answer(403, header, Samples.text("limit-exceeded-429")))
                        .retryAt())
                .isEqualTo(retryAt);
    }

    @Test
    void theWordsTellWhenToComeAgain() {
        assertThat(REFUSALS.ofData(answer(429, null, Samples.text("messages-send-429")))
                        .retryAt())
                .isEqualTo("2026-03-09T19:04:00Z");
        assertThat(REFUSALS.ofData(
                                answer(403, null, "{\"message\":\"Limit exceeded. Retry after 2026-03-10T00:00:00Z\"}"))
                        .retryAt())
                .isEqualTo("2026-03-10T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no access for " + KEY,
                "call +1 (312) 555-0117 is unknown",
                "312.555.0117",
                "number 13125550117",
                "mail dana@example.com",
                "Bearer h7G6f5E4d3C2b1A8h7G6f5E4d3C2b1A8",
                "id 7df52a62-1002-48cd-9ae4-7dec82030002",
            })
    void aDetailShowsNoSecretAndNobody(String message) {
        var detail = REFUSALS.ofData(answer(400, null, "{\"message\":\"" + message + "\"}"))
                .detail();

        assertThat(detail).startsWith("400 ").contains("…");
        assertThat(detail).doesNotContain(KEY, "555", "example", "h7G6", "7df5", "0117");
    }

    @Test
    void aDetailIsOneShortLine() {
        assertThat(REFUSALS.ofData(answer(500, null, Samples.text("error-500"))).detail())
                .isEqualTo("500 An error has occurred.");
        assertThat(REFUSALS.ofData(answer(400, null, "{\"message\":\"a\\r\\nb\\u2028c\\u0085d\"}"))
                        .detail())
                .isEqualTo("400 a b c d");
        assertThat(REFUSALS.ofData(answer(400, null, "{\"message\":\"" + "long ".repeat(100) + "\"}"))
                        .detail())
                .isEqualTo("400");
        assertThat(REFUSALS.ofData(answer(502, null, "<html>secret</html>")).detail())
                .isEqualTo("502");
        assertThat(REFUSALS.ofUnreadable(answer(200, null, "<html>secret</html>"), "x")
                        .detail())
                .isEqualTo("200 HTML instead of JSON");
    }

    private static RawAnswer answer(int status, @Nullable String retryAfter, String body) {
        return new RawAnswer(status, retryAfter, body.getBytes(StandardCharsets.UTF_8));
    }
}
