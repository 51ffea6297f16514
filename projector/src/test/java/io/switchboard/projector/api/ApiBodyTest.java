package io.switchboard.projector.api;

import static io.switchboard.projector.api.DocumentedApi.body;
import static io.switchboard.projector.api.DocumentedApi.operations;
import static io.switchboard.projector.api.DocumentedApi.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.access.Role;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for routes that take a body, beside what {@link BadInputTest} sends to all of them. */
class ApiBodyTest {
    private static DocumentedApi api;

    @BeforeAll
    static void start() throws IOException {
        api = new DocumentedApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static Stream<Operation> bodies() throws IOException {
        return operations().filter(operation -> operation.document().has("requestBody"));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /v1/messages | {'from':'+12025550143','to':['+13125550199']} | text",
                "POST | /v1/messages | {'from':'+12025550143','to':['+13125550199'],'text':' '} | text",
                "POST | /v1/messages | {'from':'+12025550143','to':['+13125550199'],'text':'a\\u0000'} | text",
                "POST | /v1/messages | {'from':'+12025550143','to':['+13125550199'],'text':'\\ud800'} | text",
                "POST | /v1/messages | {'from':'+12025550143','to':[],'text':'a'} | to",
                "POST | /v1/messages | {'from':'+12025550143','to':'+13125550199','text':'a'} | to",
                "POST | /v1/messages | {'from':'+12025550143','to':['+1312555'],'text':'a'} | to",
                "POST | /v1/messages | {'from':'office','to':['+13125550199'],'text':'a'} | from",
                "POST | /v1/calls | {'from':'+12025550143'} | to",
                "POST | /v1/calls | {'from':'+12025550143','to':'1'} | to",
                "POST | /v1/calls | {'from':'+12025550143','to':'1234567890123456'} | to",
                "POST | /v1/calls | {'from':7,'to':'+13125550199'} | from",
                "PUT | /v1/agents/me/status | {'status':'busy'} | status",
                "PUT | /v1/agents/me/status | {} | status",
                "POST | /v1/contacts | {'tags':['a']} | first_name",
                "POST | /v1/contacts | {'first_name':'a\\nb'} | first_name",
                "POST | /v1/contacts | {'first_name':'a','emails':['b']} | emails",
                "POST | /v1/contacts | {'first_name':'a','etag':'b'} | etag",
                "PUT | /v1/contacts/5b0d | {'first_name':'a','etag':''} | etag",
                "PUT | /v1/contacts/5b%2F0d | {'first_name':'a'} | id",
                "POST | /v1/journal/5b0d/comment | {'text':''} | text",
            })
    void aCommandThatCannotBeMeantNamesTheMember(String method, String path, String body, String member)
            throws IOException {
        var answer = api.send(
                method, path, body.replace('\'', '"'), List.of("Authorization", "Bearer " + token(Role.SUPERVISOR)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(body(answer).at("/errors/0/parameter").asText()).isEqualTo(member);
        assertThat(answer.body()).doesNotContain("5550199", "5550143");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'from':'+1 (202) 555-0143','to':['3125550117','+44 20 7946 0123'],'text':'Zeile\\nzwei \\ud83d\\ude00'}",
                "{'from':'2025550143','to':['12345'],'text':'a','account':'default'}",
            })
    void aCommandThatCanBeMeantGetsAsFarAsTheDatabase(String body) {
        var answer = api.send(
                "POST",
                "/v1/messages",
                body.replace('\'', '"'),
                List.of("Authorization", "Bearer " + token(Role.SUPERVISOR)));

        assertThat(answer.statusCode()).isEqualTo(503);
    }

    @Test
    void aTextMayHaveSixteenHundredCharactersAndNoMore() {
        for (var length : List.of(1_600, 1_601)) {
            var body = "{\"from\":\"2025550143\",\"to\":[\"12345\"],\"text\":\"%s\"}".formatted("x".repeat(length));
            var answer = api.send(
                    "POST", "/v1/messages", body, List.of("Authorization", "Bearer " + token(Role.SUPERVISOR)));
            assertThat(answer.statusCode()).isEqualTo(length > 1_600 ? 400 : 503);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyHasToBeSmall(Operation operation) throws IOException {
        var bearer = "Bearer " + token(Role.PLATFORM_ADMIN);
        var big = "{\"account\":\"" + "x".repeat(70_000) + "\"}";
        assertThat(api.send(operation.method(), operation.example(), big, List.of("Authorization", bearer))
                        .statusCode())
                .isEqualTo(413);
        assertThat(api.raw(
                        operation.method() + " " + operation.example() + " HTTP/1.1\r\nTransfer-Encoding: chunked",
                        chunks(90_000)))
                .matches("(?s)HTTP/1.1 413 .*application/problem\\+json.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "with space", "snow\u2603man"})
    void anIdempotencyKeyThatCannotBeOneIsRefused(String key) throws IOException {
        var answer = api.raw(
                "POST /v1/sync HTTP/1.1\r\nAuthorization: Bearer " + token(Role.OPERATOR)
                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nIdempotency-Key: " + key,
                "{}");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("invalid-header");
    }

    private static String chunks(int bytes) {
        return "3e8\r\n%s\r\n".formatted("x".repeat(1_000)).repeat(bytes / 1_000) + "0\r\n\r\n";
    }
}
