package io.switchboard.projector.api;

import static io.switchboard.projector.api.OpenApiTree.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.RawHttp.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whether an answer is what the document says of its status: headers, type and every member of the body. */
final class DocumentedAnswer {
    /** Always there where they are documented; the others depend. */
    private static final List<String> ALWAYS = List.of("ETag", "X-Request-Id", "WWW-Authenticate", "Allow", "Location");

    /** Never there where they are not documented. */
    private static final List<String> NEVER =
            List.of("ETag", "Link", "Location", "Content-Range", "Switchboard-As-Of", "Switchboard-Complete-Through");

    private DocumentedAnswer() {}

    /** What is wrong with the answer; empty when all is well. */
    static List<String> faults(Operation operation, Reply reply) {
        var described = resolve(operation.document().path("responses").path(Integer.toString(reply.status())));
        if (described.isMissingNode()) {
            return List.of("the status " + reply.status() + " is not documented: " + brief(reply));
        }
        var faults = new ArrayList<String>();
        headers(described.path("headers"), reply, faults);
        content(described.path("content"), reply, faults);
        return faults;
    }

    private static void headers(JsonNode described, Reply reply, List<String> faults) {
        described.properties().forEach(header -> {
            var value = reply.header(header.getKey());
            if (!value.isEmpty()) {
                SchemaCheck.faults(resolve(header.getValue()).path("schema"), typed(header.getValue(), value))
                        .forEach(fault -> faults.add("header " + header.getKey() + " = " + value + ": " + fault));
            } else if (ALWAYS.contains(header.getKey())) {
                faults.add("the header " + header.getKey() + " is documented and not there");
            }
        });
        NEVER.stream()
                .filter(name -> !reply.header(name).isEmpty() && !described.has(name))
                .forEach(name -> faults.add("the header " + name + " is there and not documented"));
    }

    private static JsonNode typed(JsonNode header, String value) {
        return OpenApiTree.types(resolve(header).path("schema")).contains("integer") && value.matches("\\d{1,18}")
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
                : JsonNodeFactory.instance.textNode(value);
    }

    private static void content(JsonNode described, Reply reply, List<String> faults) {
        if (described.isMissingNode()) {
            if (reply.body().length > 0) {
                faults.add("there is a body and none is documented");
            }
            return;
        }
        var type = reply.mediaType();
        for (var content : described.properties()) {
            var wanted = content.getKey().split(";")[0];
            if (wanted.equals(type) || wanted.endsWith("/*") && type.startsWith(wanted.replace("*", ""))) {
                body(content.getValue().path("schema"), type, reply, faults);
                return;
            }
        }
        faults.add("it is " + type + ", documented are " + described.properties());
    }

    private static void body(JsonNode schema, String type, Reply reply, List<String> faults) {
        if (type.endsWith("ndjson") || type.endsWith("jsonl")) {
            if (!OpenApiTree.types(resolve(schema)).contains("string")) {
                reply.text().lines().limit(1).forEach(line -> json(schema, line, faults));
            }
        } else if (type.endsWith("json")) {
            json(schema, reply.text(), faults);
        } else if (type.equals("text/event-stream")) {
            if (!reply.text().matches("(?s)(:|id:|event:|data:|retry:).*")) {
                faults.add("it does not begin like a stream of events: " + brief(reply));
            }
        } else if (type.equals("text/csv")) {
            if (!reply.text().lines().findFirst().orElse("").contains(",")) {
                faults.add("it does not begin with a line of names: " + brief(reply));
            }
        } else if (reply.body().length == 0) {
            faults.add("it is empty");
        }
    }

    private static void json(JsonNode schema, String text, List<String> faults) {
        try {
            faults.addAll(SchemaCheck.faults(schema, new ObjectMapper().readTree(text)));
        } catch (IOException e) {
            faults.add("it is not JSON: " + text.substring(0, Math.min(200, text.length())));
        }
    }

    private static String brief(Reply reply) {
        return reply.text().substring(0, Math.min(300, reply.text().length()));
    }
}
