package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.RawHttp.Request;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input to every route of the document, over a real Postgres and Kafka; and filters that match nothing. */
@ExtendWith(RealInfrastructure.class)
class BadInputIT {
    private static final long SEED = Long.getLong("api.seed", 20_260_310);
    private static final String OPERATIONS = "io.switchboard.projector.api.DocumentedApi#operations";

    /** Filters whose values are not free text → one that is right and matches nothing. */
    private static final Map<String, String> NOTHING = Map.of(
            "started_after", "2100-01-01T00:00:00Z",
            "started_before", "1971-01-01T00:00:00Z",
            "created_after", "2100-01-01T00:00:00Z",
            "created_before", "1971-01-01T00:00:00Z",
            "updated_after", "2100-01-01T00:00:00Z",
            "min_talk_seconds", "9999999",
            "account", "nobody");

    /** All of them go to the API without a database, in BadInputTest. */
    private static final int MOST_PARAMETERS = 60;

    /** Values that some parameter takes, and that no parameter may stumble over; encoded. */
    private static final List<String> ODD = List.of(
            "%27",
            "%27%3B%20drop%20table%20call--",
            "%25",
            "_",
            "%5C",
            "%F0%9F%98%80",
            "%E2%80%AE1",
            "9".repeat(400),
            "-1",
            "1e308",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "0000-01-01T00:00:00%2B18:00",
            "0001-01-01",
            "9999-12-31",
            "AQAAAAAAAAAA",
            "null");

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

    static Stream<Operation> lists() {
        return reads().filter(operation -> OpenApiTree.inlined(
                        operation.document().at("/responses/200/content/application~1json/schema"))
                .path("properties")
                .has("page"));
    }

    @ParameterizedTest
    @MethodSource(OPERATIONS)
    void badInputIsRefusedAndNamed(Operation operation) {
        // Whether the provider knows an id is found out when the order is carried out.
        var toUnknownIds = operation.isRead() ? List.<Integer>of() : List.of(202);

        new BadInputSweep(system.port(), "a", toUnknownIds, SEED, MOST_PARAMETERS).assertRefused(operation);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void whatIsOddIsTakenOrRefusedAndNoError(Operation operation) {
        for (var parameter : DocumentedParameter.ofQuery(operation)) {
            for (var value : ODD) {
                var written = DocumentedParameter.encode(parameter.name()) + "=" + value;
                var request = new Request("GET", DocumentedApi.withRequired(operation) + written);

                assertThat(system.ask(operation, request).status())
                        .as(request.toString())
                        .isIn(200, 400, 404);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aFilterThatMatchesNothingReturnsNothing(Operation operation) throws IOException {
        for (var parameter : DocumentedParameter.ofQuery(operation)) {
            var value = nothing(parameter);
            if (!value.isEmpty()) {
                var request = new Request("GET", DocumentedApi.withRequired(operation) + parameter.written(value));
                var reply = system.ask(operation, request);
                var body = new ObjectMapper().readTree(reply.body());

                assertThat(reply.status()).as(request + " " + reply.text()).isEqualTo(200);
                assertThat(body.path("data")).as(request.toString()).isEmpty();
                assertThat(body.path("data").isArray()).isTrue();
                assertThat(body.at("/page/has_more").asBoolean()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aCursorOfAnotherListIsRefused(Operation operation) throws IOException {
        for (var other :
                lists().filter(one -> !one.path().equals(operation.path())).toList()) {
            var next = new ObjectMapper()
                    .readTree(system.ask(other, new Request("GET", DocumentedApi.withRequired(other) + "limit=1"))
                            .body())
                    .at("/page/next");
            if (next.isTextual()) {
                var request = new Request("GET", DocumentedApi.withRequired(operation) + "cursor=" + next.textValue());

                assertThat(system.ask(operation, request).status())
                        .as(other + " " + request)
                        .isEqualTo(400);
            }
        }
    }

    /** A value that is right and matches no row; empty when the parameter has none, or is no filter. */
    private static String nothing(DocumentedParameter parameter) {
        var name = parameter.name();
        var schema = parameter.one();
        if (NOTHING.containsKey(name)) {
            return NOTHING.get(name);
        }
        var isText = OpenApiTree.types(schema).contains("string") && !schema.has("enum") && !schema.has("format");
        if (!isText
                || parameter.required()
                || List.of("cursor", "tz", "timezone", "from", "to").contains(name)) {
            return "";
        }
        var example = parameter.example().isArray() ? parameter.example().get(0) : parameter.example();
        return unlike(example.asText());
    }

    /** A text of the same form that nobody has: every digit and letter is another. */
    private static String unlike(String text) {
        var other = new StringBuilder();
        text.chars()
                .forEach(one -> other.append((char)
                        (one >= '0' && one <= '9'
                                ? '9' - one + '0'
                                : one >= 'a' && one <= 'z' ? 'z' - one + 'a' : one)));
        return other.toString();
    }
}
