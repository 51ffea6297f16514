package io.switchboard.poller.provider;

import static io.switchboard.poller.provider.ProviderFixture.API_KEY;
import static io.switchboard.poller.provider.ProviderFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.poller.plan.Failure;
import io.switchboard.poller.plan.Failure.Kind;
import io.switchboard.sync.ContactContent;
import io.switchboard.sync.PersonCommand;
import io.switchboard.sync.PersonCommand.CreateContact;
import io.switchboard.sync.PersonCommand.DeleteComment;
import io.switchboard.sync.PersonCommand.DeleteContact;
import io.switchboard.sync.PersonCommand.MakeCall;
import io.switchboard.sync.PersonCommand.SendMessage;
import io.switchboard.sync.PersonCommand.SetComment;
import io.switchboard.sync.PersonCommand.SetStatus;
import io.switchboard.sync.PersonCommand.UpdateContact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a command is in HTTP, and what its answers mean. */
class CommandRequestsTest {
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final String ID = "5b0d4d3ba3ccdd1e4c1a2b3c";
    private static final SendMessage MESSAGE =
            new SendMessage("+12025550143", List.of("+13125550117"), "See Dr. Secret at 5");
    private static final ContactContent CONTACT = new ContactContent(
            "Ada", null, "regular", List.of("+13125550117"), List.of("ada@example.com"), List.of("vip"));

    private final ProviderFixture provider = new ProviderFixture();

    @AfterEach
    void close() {
        provider.close();
    }

    static Stream<Arguments> commands() {
        var contact = "\"firstName\":\"Ada\",\"lastName\":null,\"comment\":\"regular\",\"tags\":[\"vip\"],"
                + "\"channels\":[{\"labels\":[],\"phone\":\"+13125550117\"},"
                + "{\"labels\":[],\"email\":\"ada@example.com\"}]";
        return Stream.of(
                Arguments.of(
                        MESSAGE,
                        "POST /v4/api/messages/send",
                        "{\"from\":\"+12025550143\",\"to\":[\"+13125550117\"],"
                                + "\"message\":\"See Dr. Secret at 5\",\"attachments\":[]}",
                        "message"),
                Arguments.of(
                        new MakeCall("+12025550143", "+13125550117"),
                        "POST /v4/api/calls/makecall",
                        "{\"from\":\"+12025550143\",\"to\":\"+13125550117\"}",
                        "make-call"),
                Arguments.of(new SetStatus("dnd"), "PUT /v4/api/profile/status/dnd", "", "set-status"),
                Arguments.of(new CreateContact(CONTACT), "POST /v4/api/contacts", "{" + contact + "}", "contact"),
                Arguments.of(
                        new UpdateContact(ID, "e+1", CONTACT),
                        "PUT /v4/api/contacts/" + ID,
                        "{" + contact + ",\"contactId\":\"" + ID + "\",\"etag\":\"e+1\"}",
                        "contact"),
                Arguments.of(
                        new DeleteContact(ID, "e+1"), "DELETE /v4/api/contacts/" + ID + "?etag=e%2B1", "", "contact"),
                Arguments.of(new DeleteContact(ID, null), "DELETE /v4/api/contacts/" + ID, "", "contact"),
                Arguments.of(
                        new SetComment(ID, "called\nback"),
                        "POST /v4/api/journal/requests/" + ID + "/comment",
                        "called\nback",
                        "comment"),
                Arguments.of(
                        new DeleteComment("../x"), "DELETE /v4/api/journal/requests/..%2Fx/comment", "", "comment"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("commands")
    void aCommandIsOneRequest(PersonCommand command, String request, String body, String endpoint) {
        var path = request.replaceFirst("^\\w+ ", "").replaceFirst("\\?.*", "");
        provider.answer(path, 200, "{\"message\":\"updated\"}");

        var answer = await(provider.loggedIn(PATIENT).perform(command));

        assertThat(answer).isEqualTo(new CommandAnswer.Done());
        assertThat(provider.asked).singleElement().satisfies(asked -> {
            assertThat(asked.method() + " " + asked.uri()).isEqualTo(request);
            assertThat(asked.body()).isEqualTo(body);
            assertThat(asked.headers()).containsEntry("x-api-key", API_KEY).containsKey("authorization");
            var type = asked.headers().getOrDefault("content-type", "none");
            assertThat(type)
                    .startsWith(body.isEmpty() ? "none" : body.startsWith("{") ? "application/json" : "text/plain");
        });
        assertThat(requests(endpoint, "ok")).isOne();
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"message\":\"Authorization has been denied for this request.\"} | TOKEN_REJECTED",
                "400 | {\"message\":\"The request is invalid.\",\"modelState\":{\"model.From\":[\"bad\"]}} | BAD_REQUEST",
                "403 | {\"message\":\"Failed to send message.\"} | FORBIDDEN",
                "403 | {\"errorCode\":\"ContactsLimitExceeded\",\"message\":\"Contacts limit exceeded\"} | FORBIDDEN",
                "404 | {\"errorCode\":\"ContactIsNotFound\",\"message\":\"Contact is not found\"} | NOT_FOUND",
                "409 | {\"errorCode\":\"ContactRecordsIntersection\"} | BAD_REQUEST",
                "412 | {\"errorCode\":\"ContactWasModified\",\"data\":{}} | BAD_REQUEST",
                "429 | {\"message\":\"Too many requests. Retry after 2026-03-09T19:05:00.0000000 UTC\"} | THROTTLED",
                "429 | {\"message\":\"Limit Exceeded\"} | LIMIT_EXCEEDED",
                "403 | {\"message\":\"Limit Exceeded\"} | LIMIT_EXCEEDED",
                "200 | {\"message\":\"Limit Exceeded\"} | LIMIT_EXCEEDED",
                "200 | {\"message\":\"\",\"id\":null,\"errors\":[{\"code\":\"NumberNotVerified\"}]} | BAD_REQUEST",
                "200 | {\"isSuccess\":false,\"message\":\"no\"} | BAD_REQUEST",
                "200 | <html>Sign in</html> | MALFORMED",
                "302 | x | MALFORMED",
                "500 | {\"message\":\"An error has occurred.\"} | SERVER_ERROR",
                "503 | x | SERVER_ERROR",
            })
    void aRefusalIsClassifiedAfterOneRequest(int status, String body, Kind kind) {
        provider.answer("/v4/api/messages/send", status, body);

        assertThat(failure(MESSAGE).kind()).isEqualTo(kind);
        assertThat(provider.asked).hasSize(1);
        assertThat(requests("message", kind.word())).isOne();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"message\":\"SMS message sent successfully.\",\"id\":\"1\",\"errors\":[]}",
                "200 | {\"message\":\"daily limit of requests\",\"id\":\"1\"}",
                "200 | {\"data\":{\"id\":\"1\"},\"isSuccess\":true}",
                "200 | {\"message\":\"updated\"}",
                "202 | updated",
            })
    void aSuccessIsOneWhateverItsWords(int status, String body) {
        provider.answer("/v4/api/messages/send", status, body);

        assertThat(await(provider.loggedIn(PATIENT).perform(MESSAGE))).isEqualTo(new CommandAnswer.Done());
    }

    @Test
    void aBareSuccessIsOneToo() {
        provider.answer(
                "/v4/api/messages/send", response -> response.setStatusCode(204).end());

        assertThat(await(provider.loggedIn(PATIENT).perform(MESSAGE))).isEqualTo(new CommandAnswer.Done());
    }

    @Test
    void aDetailNamesFieldsAndShowsNothingOfWhatWasSent() {
        provider.answer(
                "/v4/api/messages/send",
                400,
                "{\"message\":\"Cannot send 'See Dr. Secret at 5' to +13125550117\","
                        + "\"modelState\":{\"model.To\":[\"+13125550117\"],\"+13125550117\":[\"x\"]}}");

        var detail = failure(MESSAGE).detail();

        assertThat(detail).startsWith("400 Cannot send").contains("(model.To)").doesNotContain("Secret", "5550117");
    }

    @Test
    void aMessageThatMustWaitIsToldUntilWhen() {
        provider.answer(
                "/v4/api/messages/send",
                429,
                "{\"message\":\"Too many requests. Retry after 2026-03-09T19:05:00.0000000 UTC\"}");

        assertThat(failure(MESSAGE).retryAt()).isEqualTo(Instant.parse("2026-03-09T19:05:00Z"));
    }

    @Test
    void noAnswerInTimeIsAFailureAfterOneRequest() {
        provider.answer("/v4/api/messages/send", response -> {});

        var answer = await(provider.loggedIn(Duration.ofMillis(300)).perform(MESSAGE));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        CommandAnswer.Refused.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo(Kind.TIMED_OUT));
        assertThat(provider.asked).hasSize(1);
    }

    @Test
    void onlyWithoutAConnectionItIsCertainThatNothingWasSent() {
        provider.answer("/v4/api/messages/send", response -> {
            var closed = response.reset();
            assertThat(closed).isNotNull();
        });
        var client = provider.loggedIn(PATIENT);

        var cutOff = await(client.perform(MESSAGE));
        var stopped = await(provider.server.close().map("stopped"));
        // The client may hold a connection of which it has not heard yet that it is closed.
        var away = Stream.generate(() -> await(client.perform(MESSAGE)))
                .limit(20)
                .map(answer -> ((CommandAnswer.Refused) answer).failure().kind())
                .filter(Kind.UNREACHABLE::equals)
                .findFirst();

        assertThat(((CommandAnswer.Refused) cutOff).failure().kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(stopped).isEqualTo("stopped");
        assertThat(away).contains(Kind.UNREACHABLE);
    }

    @Test
    void withoutATokenNothingIsSent() {
        var answer = await(provider.client(PATIENT).perform(MESSAGE));

        assertThat(((CommandAnswer.Refused) answer).failure().kind()).isEqualTo(Kind.TOKEN_REJECTED);
        assertThat(provider.asked).isEmpty();
    }

    private Failure failure(PersonCommand command) {
        var answer = await(provider.loggedIn(PATIENT).perform(command));
        assertThat(answer).isInstanceOf(CommandAnswer.Refused.class);
        return ((CommandAnswer.Refused) answer).failure();
    }

    private double requests(String endpoint, String outcome) {
        return provider.registry
                .get("switchboard.provider.requests")
                .tags("endpoint", endpoint, "outcome", outcome)
                .counter()
                .count();
    }
}
