package io.switchboard.projector.api.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.http.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that a request brought, as strict as {@link QueryParameters}: a bad member is noted and read as absent,
 * handlers read everything they know, then ask for {@link #problem()}, and what nobody asked for is a fault too. A member
 * that is null counts as absent. Confined to one request.
 */
public final class JsonBody {
    private static final String BODY = "(body)";
    private static final int LONGEST_TEXT = 512;
    private static final int MOST_ELEMENTS = 100;
    private static final int LONGEST_NAME_SHOWN = 64;
    private static final int DEEPEST = 16;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final ObjectNode object;
    private final @Nullable Problem unreadable;
    private final Set<String> known = new TreeSet<>();
    private final List<Problem.Fault> faults = new ArrayList<>();

    private JsonBody(ObjectNode object, @Nullable Problem unreadable) {
        this.object = object;
        this.unreadable = unreadable;
    }

    /** Reads a body that has to be there. */
    public static JsonBody parse(@Nullable String contentType, byte[] body) {
        if (!isJson(contentType)) {
            return unreadable(new Problem(
                    415,
                    "unsupported-media-type",
                    "Unsupported media type",
                    "The body has to be JSON, announced as Content-Type: application/json.",
                    List.of()));
        }
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return new JsonBody(object, null);
            }
        } catch (IOException e) { // what is wrong may quote the body: it goes nowhere
            return unreadable(invalid("is not JSON, or repeats a member, or holds more after its end"));
        }
        return unreadable(invalid("has to be a JSON object"));
    }

    /** Reads a body that may be left out. */
    public static JsonBody parseIfAny(@Nullable String contentType, byte[] body) {
        return body.length == 0 ? new JsonBody(JsonNodeFactory.instance.objectNode(), null) : parse(contentType, body);
    }

    public Optional<String> text(String name) {
        return member(name)
                .flatMap(node -> node.isTextual() ? meaningful(name, node.textValue()) : no(name, "a string"));
    }

    /** A text in a form of its own, which is told by what it takes; the form also decides on control characters. */
    public <T> Optional<T> form(String name, String takes, Function<String, Optional<T>> parse) {
        return member(name).flatMap(node -> parsed(node, parse).or(() -> no(name, takes)));
    }

    /** The same, of a text that has to be there. */
    public <T> Optional<T> needed(String name, String takes, Function<String, Optional<T>> parse) {
        if (member(name).isEmpty()) {
            reject(name, "is missing: takes " + takes);
        }
        return form(name, takes, parse);
    }

    /** A list of such texts; empty when absent. */
    public <T> List<T> forms(String name, int most, String takes, Function<String, Optional<T>> parse) {
        var node = member(name);
        if (node.isEmpty()) {
            return List.of();
        }
        var parsed = new ArrayList<T>();
        node.get().forEach(element -> parsed(element, parse).ifPresent(parsed::add));
        if (!node.get().isArray()
                || node.get().size() > most
                || parsed.size() < node.get().size()) {
            reject(name, "takes a list of at most " + most + ", each " + takes);
            return List.of();
        }
        return List.copyOf(parsed);
    }

    /** True or false; false when absent. */
    public boolean flag(String name) {
        return member(name)
                .flatMap(node -> node.isBoolean() ? Optional.of(node.booleanValue()) : no(name, "true or false"))
                .orElse(false);
    }

    /** A whole number from zero to a bound. */
    public Optional<Long> whole(String name, long most) {
        return member(name)
                .flatMap(node -> node.isIntegralNumber()
                                && node.canConvertToLong()
                                && node.longValue() >= 0
                                && node.longValue() <= most
                        ? Optional.of(node.longValue())
                        : no(name, "a whole number from 0 to " + most));
    }

    public Optional<Instant> time(String name) {
        return text(name)
                .flatMap(text -> Timestamps.parse(text).or(() -> no(name, "an RFC 3339 time with its offset")));
    }

    /** A list of words, each at most once; empty when absent. */
    public List<String> words(String name, List<String> allowed) {
        var takes = "a list of " + String.join(", ", allowed);
        var words = new ArrayList<String>();
        var node = member(name);
        if (node.isPresent() && (!node.get().isArray() || node.get().size() > MOST_ELEMENTS)) {
            reject(name, "takes " + takes);
            return List.of();
        }
        for (var element : node.orElseGet(JsonNodeFactory.instance::arrayNode)) {
            if (!element.isTextual() || !allowed.contains(element.textValue())) {
                reject(name, "takes " + takes);
                return List.of();
            }
            if (!words.contains(element.textValue())) {
                words.add(element.textValue());
            }
        }
        return List.copyOf(words);
    }

    /** Notes a fault: the member and what it takes, never its value. */
    public void reject(String name, String what) {
        faults.add(new Problem.Fault(name, what));
    }

    /** Everything that was wrong, as one answer; empty when all is well. */
    public Optional<Problem> problem() {
        if (unreadable != null) {
            return Optional.of(unreadable);
        }
        var all = new ArrayList<>(faults);
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                all.add(unknown(name));
            }
        });
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var detail = all.size() == 1
                ? all.getFirst().parameter() + ": " + all.getFirst().detail()
                : all.size() + " members cannot be used; errors names them";
        return Optional.of(new Problem(400, "invalid-body", "Invalid body", detail, List.copyOf(all)));
    }

    private static <T> Optional<T> parsed(JsonNode node, Function<String, Optional<T>> parse) {
        return node.isTextual() ? parse.apply(node.textValue()) : Optional.empty();
    }

    private Optional<JsonNode> member(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private Optional<String> meaningful(String name, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            return no(name, "1 to " + LONGEST_TEXT + " characters, none of them a control character");
        }
        return Optional.of(text);
    }

    private <T> Optional<T> no(String name, String takes) {
        reject(name, "takes " + takes);
        return Optional.empty();
    }

    private Problem.Fault unknown(String name) {
        var shown = name.length() > LONGEST_NAME_SHOWN ? name.substring(0, LONGEST_NAME_SHOWN) + "…" : name;
        var takes = known.isEmpty() ? "this request takes none" : "this request takes " + String.join(", ", known);
        return new Problem.Fault(shown, "is unknown; " + takes);
    }

    private static JsonBody unreadable(Problem problem) {
        return new JsonBody(JsonNodeFactory.instance.objectNode(), problem);
    }

    private static Problem invalid(String what) {
        return new Problem(
                400, "invalid-body", "Invalid body", "The body " + what + ".", List.of(new Problem.Fault(BODY, what)));
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}
