package io.switchboard.projector.api;

import static io.switchboard.projector.api.OpenApiTree.DOCUMENT;
import static io.switchboard.projector.api.OpenApiTree.resolve;
import static io.switchboard.projector.api.OpenApiTree.types;
import static io.switchboard.projector.api.OpenApiTree.walk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.access.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the OpenAPI document by itself. */
class OpenApiDocumentTest {
    private static final String OPERATIONS = "io.switchboard.projector.api.DocumentedApi#operations";
    private static final List<String> NEEDS_A_TOKEN = List.of("401", "403");

    @Test
    void itIsOpenApiInItsVersion() {
        assertThat(SchemaCheck.faultsOfDocument(DOCUMENT)).isEmpty();
        assertThat(DOCUMENT.path("openapi").asText()).startsWith("3.1.");
    }

    @Test
    void theCheckWouldNoticeWhatIsNotOpenApi() {
        var broken = (ObjectNode) DOCUMENT.deepCopy();
        ((ObjectNode) broken.at("/paths/~1v1~1calls/get")).put("sumary", "misspelt");

        assertThat(SchemaCheck.faultsOfDocument(broken)).isNotEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsReferredTo() {
        var used = new TreeSet<String>();
        walk(DOCUMENT, "", (pointer, node) -> {
            if (node.path("$ref").isTextual()) {
                assertThat(resolve(node).isMissingNode()).as(pointer).isFalse();
                var unused = used.add(node.path("$ref").asText().substring(1));
            }
        });
        var declared = new TreeSet<String>();
        DOCUMENT.path("components")
                .properties()
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> declared.add("/components/" + kind.getKey() + "/" + name)));
        declared.removeIf(name -> name.startsWith("/components/securitySchemes/"));

        assertThat(used).isEqualTo(declared);
    }

    @Test
    void operationsHaveNamesOfTheirOwnAndTagsThatAreExplained() {
        var names = new ArrayList<String>();
        DocumentedApi.operations()
                .forEach(operation ->
                        names.add(operation.document().path("operationId").asText()));
        var tags = new TreeSet<String>();
        DOCUMENT.path("tags").forEach(tag -> tags.add(tag.path("name").asText()));

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][A-Za-z]+"));
        assertThat(DocumentedApi.operations())
                .allSatisfy(operation -> assertThat(operation.document().path("tags"))
                        .isNotEmpty()
                        .allSatisfy(tag -> assertThat(tags).contains(tag.asText())));
    }

    @ParameterizedTest
    @MethodSource(OPERATIONS)
    void anOperationSaysWhatItDoesWhoMayAndHowItFails(Operation operation) {
        var described = operation.document();
        var responses = new ArrayList<String>();
        described.path("responses").fieldNames().forEachRemaining(responses::add);

        assertThat(described.path("summary").asText()).isNotBlank();
        assertThat(described.has("x-roles")).isTrue();
        assertThat(operation.roles())
                .isSubsetOf(Arrays.stream(Role.values()).map(Role::word).toList());
        assertThat(responses).contains("400", "405").anyMatch(status -> status.startsWith("2"));
        if (operation.roles().isEmpty()) {
            assertThat(described.path("security"))
                    .as("open to everybody")
                    .isNotNull()
                    .isEmpty();
            assertThat(described.has("security")).isTrue();
        } else {
            assertThat(responses).containsAll(NEEDS_A_TOKEN);
            assertThat(described.has("security") ? described.path("security") : DOCUMENT.path("security"))
                    .isNotEmpty();
        }
        if (operation.path().contains("{")) {
            assertThat(responses).contains("404");
        }
        if (described.has("requestBody")) {
            assertThat(responses).contains("413", "415");
        }
    }

    @ParameterizedTest
    @MethodSource(OPERATIONS)
    void aParameterIsExplainedAndHasAnExampleThatItTakes(Operation operation) {
        for (var parameter : DocumentedParameter.of(operation)) {
            var name = operation + " " + parameter.name();
            assertThat(parameter.document().path("description").asText())
                    .as(name)
                    .isNotBlank();
            assertThat(parameter.example().isMissingNode())
                    .as(name + " has an example")
                    .isFalse();
            assertThat(SchemaCheck.faults(parameter.schema(), parameter.example()))
                    .as(name)
                    .isEmpty();
        }
        assertThat(DocumentedParameter.of(operation).stream()
                        .filter(parameter -> parameter.in().equals("path"))
                        .map(parameter -> "{" + parameter.name() + "}"))
                .containsExactlyElementsOf(Arrays.stream(operation.path().split("/"))
                        .filter(part -> part.startsWith("{"))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource(OPERATIONS)
    void everyBodyHasAnExampleThatItsSchemaDescribes(Operation operation) throws IOException {
        var bodies = new ArrayList<JsonNode>();
        bodies.add(operation.document().path("requestBody"));
        operation.document().path("responses").forEach(response -> bodies.add(resolve(response)));
        for (var body : bodies) {
            for (var content : body.path("content").properties()) {
                var name = operation + " " + body.path("description").asText() + " " + content.getKey();
                if (content.getKey().endsWith("json")) {
                    assertExamples(name, content.getValue());
                } else {
                    assertThat(content.getValue().has("schema")).as(name).isTrue();
                }
            }
        }
    }

    private static void assertExamples(String name, JsonNode content) {
        var examples = new ArrayList<JsonNode>();
        if (content.has("example")) {
            examples.add(content.path("example"));
        }
        content.path("examples")
                .forEach(example -> examples.add(resolve(example).path("value")));
        assertThat(examples).as(name).isNotEmpty();
        for (var example : examples) {
            assertThat(SchemaCheck.faults(content.path("schema"), example))
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void everySchemaSaysWhatItTakes() {
        walk(DOCUMENT.path("components").path("schemas"), "", (pointer, node) -> {
            if (node.path("properties").isObject() && !pointer.endsWith("/properties")) {
                assertThat(types(node)).as(pointer).contains("object");
                node.path("required")
                        .forEach(name -> assertThat(node.path("properties").has(name.asText()))
                                .as(pointer + " requires " + name)
                                .isTrue());
            }
        });
    }

    @Test
    void theCheckWouldNoticeAMemberThatIsNotDescribed() throws IOException {
        var schema = DOCUMENT.at("/components/schemas/Page");
        var json = new ObjectMapper();

        assertThat(SchemaCheck.faults(schema, json.readTree("{'next':null,'has_more':false}".replace('\'', '"'))))
                .isEmpty();
        assertThat(SchemaCheck.faults(schema, json.readTree("{'next':7,'has_more':false}".replace('\'', '"'))))
                .isNotEmpty();
        assertThat(SchemaCheck.faults(schema, json.readTree("{'next':null}".replace('\'', '"'))))
                .isNotEmpty();
        assertThat(SchemaCheck.faults(
                        schema, json.readTree("{'next':null,'has_more':false,'total':1}".replace('\'', '"'))))
                .isNotEmpty();
    }
}
