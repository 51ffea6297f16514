package io.switchboard.projector.api.query;

import io.switchboard.http.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request. A bad value is noted and read as absent, so that one answer names every fault: handlers
 * read everything they know, then ask for {@link #problem()}. What nobody asked for is a fault too. Confined to one
 * request.
 */
public final class QueryParameters {
    private static final int MOST_PARAMETERS = 100;
    private static final int LONGEST_VALUE = 512;
    private static final int LONGEST_NAME_SHOWN = 64;
    private static final String QUERY = "(query)";

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final List<Problem.Fault> faults = new ArrayList<>();

    private QueryParameters() {}

    /** Splits and decodes a query string; null when the URL has none. */
    public static QueryParameters parse(@Nullable String query) {
        var parameters = new QueryParameters();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        var pairs = query.split("&", MOST_PARAMETERS + 1);
        if (pairs.length > MOST_PARAMETERS) {
            parameters.reject(QUERY, "takes at most " + MOST_PARAMETERS + " parameters");
            return parameters;
        }
        for (var pair : pairs) {
            parameters.add(pair);
        }
        return parameters;
    }

    /** A parameter that may stand once. */
    public Optional<String> single(String name) {
        var all = all(name);
        if (all.size() > 1) {
            reject(name, "may be given only once");
            return Optional.empty();
        }
        return all.stream().findFirst();
    }

    /** A parameter that may be repeated; its values, each checked to be text that can mean something. */
    public List<String> all(String name) {
        known.add(name);
        return values.getOrDefault(name, List.of()).stream()
                .filter(value -> meaningful(name, value))
                .toList();
    }

    /** A parameter that may stand once, in a form of its own. */
    public <T> Optional<T> single(String name, String takes, Function<String, Optional<T>> parse) {
        return single(name).flatMap(value -> parsed(name, takes, value, parse));
    }

    /** A parameter that may be repeated, in a form of its own. */
    public <T> List<T> all(String name, String takes, Function<String, Optional<T>> parse) {
        return all(name).stream()
                .flatMap(value -> parsed(name, takes, value, parse).stream())
                .toList();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** What was given under a name, unchecked: for links that repeat what {@link #problem()} found nothing wrong with. */
    public List<String> given(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** Notes a fault: the parameter and what it takes, never its value. */
    public void reject(String name, String what) {
        faults.add(new Problem.Fault(name, what));
    }

    /** Everything that was wrong, as one answer; empty when all is well. */
    public Optional<Problem> problem() {
        var all = new ArrayList<>(faults);
        values.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> all.add(unknown(name)));
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var detail = all.size() == 1
                ? all.getFirst().parameter() + ": " + all.getFirst().detail()
                : all.size() + " parameters cannot be used; errors names them";
        return Optional.of(new Problem(400, "invalid-parameter", "Invalid parameter", detail, List.copyOf(all)));
    }

    /** What a query string holds that cannot even be decoded; empty when all of it can. */
    public static Optional<Problem> undecodable(@Nullable String query) {
        var parameters = parse(query);
        parameters.known.addAll(parameters.values.keySet());
        return parameters.problem();
    }

    /** Whether a text holds control characters, or what decoding puts where the bytes were not UTF-8. */
    public static boolean meansNothing(String text) {
        return text.chars().anyMatch(QueryParameters::meansNothing);
    }

    private void add(String pair) {
        var split = pair.indexOf('=');
        var name = QUERY;
        try {
            name = decoded(split < 0 ? pair : pair.substring(0, split));
            var value = split < 0 ? "" : decoded(pair.substring(split + 1));
            if (!pair.isEmpty()) {
                values.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
            }
        } catch (IllegalArgumentException e) {
            reject(shown(name), "holds a % that is not followed by two hexadecimal digits");
        }
    }

    private boolean meaningful(String name, String value) {
        if (value.isBlank()) {
            reject(name, "is empty; leave it out instead");
        } else if (value.length() > LONGEST_VALUE) {
            reject(name, "is longer than " + LONGEST_VALUE + " characters");
        } else if (meansNothing(value)) {
            reject(name, "holds a control character or is not UTF-8");
        } else {
            return true;
        }
        return false;
    }

    private <T> Optional<T> parsed(String name, String takes, String value, Function<String, Optional<T>> parse) {
        var result = parse.apply(value);
        if (result.isEmpty()) {
            reject(name, "takes " + takes);
        }
        return result;
    }

    private Problem.Fault unknown(String name) {
        var takes = known.isEmpty() ? "this resource takes none" : "this resource takes " + String.join(", ", known);
        return new Problem.Fault(shown(name), "is unknown; " + takes);
    }

    private static String shown(String name) {
        return name.length() > LONGEST_NAME_SHOWN ? name.substring(0, LONGEST_NAME_SHOWN) + "…" : name;
    }

    private static boolean meansNothing(int character) {
        return Character.isISOControl(character) || character == '\uFFFD';
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
