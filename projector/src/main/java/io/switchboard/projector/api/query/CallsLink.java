package io.switchboard.projector.api.query;

import io.switchboard.call.Call;
import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.projector.report.Bucket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leads from a figure to the calls behind it: the address of the list of calls with the filters of the report.
 *
 * @param parameters of the list, each with its alternatives
 */
public record CallsLink(Map<String, List<String>> parameters) {
    private static final List<String> AS_GIVEN =
            List.of("number", "extension", CallFilter.CLIENT, "min_talk_seconds", "has_recording", "source");

    /** The parameters of a request that is without fault, and the filter that was read from them. */
    static CallsLink of(QueryParameters given, CallFilter filter) {
        var parameters = new LinkedHashMap<String, List<String>>();
        AS_GIVEN.forEach(name -> put(parameters, name, given.given(name)));
        put(parameters, "direction", words(filter.directions()));
        return new CallsLink(parameters).withOutcomes(filter.outcomes());
    }

    /** To the calls that began in the bucket. */
    public String in(Bucket bucket) {
        var times = "/v1/calls?started_after=" + Timestamps.format(bucket.start()) + "&started_before="
                + Timestamps.format(bucket.end());
        return parameters.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> "&" + entry.getKey() + "=" + escaped(value)))
                .collect(Collectors.joining("", times, ""));
    }

    /** To those of one direction alone. */
    public CallsLink withDirection(Direction direction) {
        return with("direction", List.of(Call.word(direction)));
    }

    /** To those in which one extension has a leg. */
    public CallsLink withExtension(String extension) {
        return with("extension", List.of(extension));
    }

    /** To those of one business number alone; empty when the list of calls cannot look for it. */
    public Optional<CallsLink> withNumber(String number) {
        return PhoneMatch.parse(number).map(matches -> with("number", List.of(number)));
    }

    /**
     * To those that ended so. The list also reads an outcome into calls that fell silent, reports do not: so it is told to
     * leave out what has not ended.
     */
    public CallsLink withOutcomes(Set<Outcome> outcomes) {
        return outcomes.isEmpty() ? this : with("outcome", words(outcomes)).with("state", List.of("ended"));
    }

    private CallsLink with(String name, List<String> values) {
        var changed = new LinkedHashMap<>(parameters);
        changed.put(name, values);
        return new CallsLink(changed);
    }

    private static void put(Map<String, List<String>> parameters, String name, List<String> values) {
        if (!values.isEmpty()) {
            parameters.put(name, values);
        }
    }

    private static List<String> words(Collection<? extends Enum<?>> values) {
        return values.stream().map(Call::word).toList();
    }

    private static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
