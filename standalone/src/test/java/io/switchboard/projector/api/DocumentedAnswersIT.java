package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.RawHttp.Reply;
import io.switchboard.projector.api.RawHttp.Request;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of the OpenAPI document, carried out: what they answer is what the document describes, member by member.
 * The rows they find are in {@code examples/AREA.sql}.
 */
@ExtendWith(RealInfrastructure.class)
class DocumentedAnswersIT {
    /** Operations whose example is not carried out here → why. */
    private static final Map<String, String> NOT_HERE = Map.of(
            "POST /api/admin/mightycall/sync", "waits for a poller: CompatibilityApiIT",
            "DELETE /v1/dead-letters", "takes any one of several filters: DeadLetterRepairIT");

    /** These never answer the same twice → why. */
    private static final Map<String, String> EVER_NEW = Map.of(
            "GET /v1/agents", "tells ages",
            "GET /v1/live", "tells ages",
            "GET /v1/audit", "reading it is audited");

    /** Of these a list may be empty → why. */
    private static final Map<String, String> MAY_BE_EMPTY = Map.of();

    private static final String CURSOR = "cursor";

    @TempDir
    static Path folder;

    private static ExampleSystem system;

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        system = new ExampleSystem(infrastructure, folder);
    }

    @AfterAll
    static void stop() throws Exception {
        system.close();
    }

    static Stream<Operation> reads() {
        return DocumentedApi.operations().filter(Operation::isRead);
    }

    static Stream<Operation> changes() {
        return DocumentedApi.operations()
                .filter(operation -> !operation.isRead())
                .filter(operation -> !NOT_HERE.containsKey(operation.toString()));
    }

    /** What can be asked again and is answered with JSON. */
    static Stream<Operation> resources() {
        return reads().filter(operation -> !EVER_NEW.containsKey(operation.toString())
                && operation.document().at("/responses/200/content").has("application/json"));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void whatIsDocumentedIsAnswered(Operation operation) throws IOException {
        var reply = succeed(operation, new Request("GET", bare(operation)));
        if (reply.mediaType().equals("application/json")) {
            var data = new ObjectMapper().readTree(reply.body()).path("data");
            assertThat(data.isArray() && data.isEmpty() && !MAY_BE_EMPTY.containsKey(operation.toString()))
                    .as("%s lists nothing, so that no item was looked at: put a row into examples/AREA.sql", operation)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("reads")
    void everyParameterTakesItsExample(Operation operation) {
        for (var parameter : DocumentedParameter.ofQuery(operation)) {
            if (parameter.name().equals(CURSOR)) {
                assertRefused(operation, DocumentedApi.withRequired(operation) + parameter.written());
            } else if (!parameter.required()) {
                var unused = succeed(
                        operation, new Request("GET", DocumentedApi.withRequired(operation) + parameter.written()));
            }
        }
        for (var header : DocumentedParameter.of(operation)) {
            if (header.in().equals("header")) {
                var unused = succeed(
                        operation,
                        new Request("GET", bare(operation))
                                .with(header.name() + ": " + header.example().asText()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("reads")
    void theExamplesOfAllParametersGoTogether(Operation operation) {
        var together = new ArrayList<DocumentedParameter>();
        for (var parameter : DocumentedParameter.ofQuery(operation)) {
            if (!parameter.name().equals(CURSOR) && parameter.standsWith(together)) {
                together.add(parameter);
            }
        }
        var query = together.stream().map(DocumentedParameter::written).collect(Collectors.joining("&"));

        var unused = succeed(operation, new Request("GET", operation.example() + "?" + query));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theExampleOfABodyIsTakenOrRefusedAsDocumented(Operation operation) {
        var request = new Request(operation.method(), bare(operation));
        var reply = system.ask(operation, operation.body().isEmpty() ? request : request.json(operation.body()));

        assertThat(reply.status()).as(reply.text()).isLessThan(500).isNotEqualTo(400);
        assertThat(DocumentedAnswer.faults(operation, reply)).as(reply.text()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("resources")
    void whatIsKnownAlreadyIsNotSentAgain(Operation operation) {
        var again = askAgain(operation);
        for (int tries = 0; tries < 10 && again.status() != 304; tries++) { // some change by themselves
            again = askAgain(operation);
        }

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(DocumentedAnswer.faults(operation, again)).isEmpty();
        assertThat(again.header("Cache-Control")).isEqualTo("private, no-cache");
        var any = system.ask(operation, new Request("GET", bare(operation)).with("If-None-Match: *"));
        assertThat(any.status()).isEqualTo(304);
    }

    private static Reply askAgain(Operation operation) {
        var tag = succeed(operation, new Request("GET", bare(operation))).header("ETag");
        assertThat(tag).startsWith("\"").endsWith("\"");
        return system.ask(operation, new Request("GET", bare(operation)).with("If-None-Match: \"x\", " + tag));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void headTellsWhatGetWould(Operation operation) {
        var get = succeed(operation, new Request("GET", bare(operation)));
        var head = system.ask(operation, new Request("HEAD", bare(operation)));

        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        assertThat(head.header("ETag").isEmpty()).isEqualTo(get.header("ETag").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("reads")
    void whatAClientPrefersChangesNothing(Operation operation) {
        var type = succeed(operation, new Request("GET", bare(operation))).mediaType();
        for (var accept :
                List.of("*/*", type, "text/html;q=0.9, " + type + ";q=0.1", "application/pdf", "", "/", ";q=x")) {
            var reply = succeed(operation, new Request("GET", bare(operation)).with("Accept: " + accept));

            assertThat(reply.mediaType()).isEqualTo(type);
        }
    }

    private static Reply succeed(Operation operation, Request request) {
        var reply = system.ask(operation, request);

        assertThat(reply.status()).as(request + " " + reply.text()).isBetween(200, 299);
        assertThat(DocumentedAnswer.faults(operation, reply))
                .as(request + " " + reply.text())
                .isEmpty();
        return reply;
    }

    private static void assertRefused(Operation operation, String target) {
        var reply = system.ask(operation, new Request("GET", target));

        assertThat(reply.status()).as(target).isEqualTo(400);
        assertThat(DocumentedAnswer.faults(operation, reply)).as(target).isEmpty();
    }

    /** With nothing but what has to be there. */
    private static String bare(Operation operation) {
        var target = DocumentedApi.withRequired(operation);
        return target.substring(0, target.length() - 1);
    }
}
