package io.switchboard.projector.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.RawHttp.Reply;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** That the comparison of an answer with the document would notice. */
class DocumentedAnswerTest {
    private static final String CALLS = """
            {"data":[%s],"page":{"next":null,"has_more":false},
            "meta":{"as_of":null,"complete_through":null,"request_id":"r"}}""";

    private static final Operation LIST = DocumentedApi.operations()
            .filter(operation -> operation.toString().equals("GET /v1/calls"))
            .findFirst()
            .orElseThrow();

    @Test
    void anAnswerAsDocumentedIsWithoutFault() {
        assertThat(DocumentedAnswer.faults(LIST, reply(200, CALLS.formatted(call()))))
                .isEmpty();
    }

    @Test
    void aMemberThatIsNotDescribedIsOneHoweverDeepItStands() {
        var deep = call().replace("\"status\":\"none\"", "\"status\":\"none\",\"uri\":\"https://recordings.example\"");

        assertThat(deep).isNotEqualTo(call());
        assertThat(DocumentedAnswer.faults(LIST, reply(200, CALLS.formatted(deep))))
                .anyMatch(fault -> fault.contains("recording"));
    }

    @Test
    void aMemberThatIsMissingOrOfAnotherTypeIsOne() {
        assertThat(DocumentedAnswer.faults(LIST, reply(200, CALLS.formatted("{}"))))
                .isNotEmpty();
        assertThat(DocumentedAnswer.faults(LIST, reply(200, CALLS.formatted(call().replace("70.2", "\"70.2\"")))))
                .isNotEmpty();
        assertThat(DocumentedAnswer.faults(
                        LIST, reply(200, CALLS.formatted(call().replace("2026-03-09T17:00:00.514Z", "yesterday")))))
                .isNotEmpty();
    }

    @Test
    void aStatusOrTypeThatIsNotDocumentedIsOne() {
        assertThat(DocumentedAnswer.faults(LIST, reply(418, "{}")))
                .singleElement()
                .asString()
                .contains("418");
        assertThat(DocumentedAnswer.faults(
                        LIST, new Reply(200, Map.of("content-type", "text/html"), "<p>".getBytes(UTF_8))))
                .anyMatch(fault -> fault.contains("text/html"));
    }

    @Test
    void aHeaderThatIsMissingOrNotDocumentedIsOne() {
        var reply = reply(200, CALLS.formatted(call()));
        var headers = new TreeMap<>(reply.headers());
        headers.remove("etag");
        headers.put("location", "/");

        assertThat(DocumentedAnswer.faults(LIST, new Reply(200, headers, reply.body())))
                .hasSize(2);
    }

    private static Reply reply(int status, String body) {
        var headers = Map.of("content-type", "application/json", "etag", "\"1\"", "x-request-id", "r");
        return new Reply(status, headers, body.getBytes(UTF_8));
    }

    private static String call() {
        return LIST.document()
                .at("/responses/200/content/application~1json/example/data/0")
                .toString();
    }
}
