package io.switchboard.projector.api.query;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Call.State;
import io.switchboard.event.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a list is about. An empty set asks for nothing in particular; the values of a set are alternatives, the
 * members of the filter must all hold.
 *
 * @param startedAfter the first instant inside, microseconds
 * @param startedBefore the first instant outside again, microseconds
 * @param numbers writings of business numbers
 * @param extensions any leg's
 * @param minTalkSeconds calls of unknown talk time do not pass
 */
public record CallFilter(
        @Nullable Instant startedAfter,
        @Nullable Instant startedBefore,
        Set<Direction> directions,
        Set<State> states,
        Set<Outcome> outcomes,
        Set<PhoneMatch> numbers,
        Set<String> extensions,
        Set<PhoneMatch> clients,
        @Nullable BigDecimal minTalkSeconds,
        @Nullable Boolean hasRecording,
        Set<Source> sources) {
    /** The parameter that masked roles may not use: its answers would undo the masking. */
    public static final String CLIENT = "client";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,7}(\\.\\d{1,6})?");
    private static final Pattern EXTENSION = Pattern.compile("[\\w*#.+-]{1,32}");

    /** Reads the parameters of a list of calls; faults are noted with the parameters. */
    public static CallFilter of(QueryParameters parameters) {
        var after = time(parameters, "started_after");
        var before = time(parameters, "started_before");
        if (after != null && before != null && !before.isAfter(after)) {
            parameters.reject("started_before", "must be later than started_after");
        }
        return of(parameters, after, before, words(parameters, "state", State.values()));
    }

    /**
     * Reads the call filters of a report: calls of any time, for a report's period has parameters of its own, and of any
     * state, for states depend on the clock and reports do not. Internal calls are in it only when they are asked for.
     */
    public static CallFilter ofReport(QueryParameters parameters) {
        var filter = of(parameters, null, null, Set.of());
        return filter.directions().isEmpty() ? filter.of(EnumSet.complementOf(EnumSet.of(Direction.INTERNAL))) : filter;
    }

    /** The same with other directions. */
    public CallFilter of(Set<Direction> others) {
        return new CallFilter(
                startedAfter,
                startedBefore,
                new TreeSet<>(others),
                states,
                outcomes,
                numbers,
                extensions,
                clients,
                minTalkSeconds,
                hasRecording,
                sources);
    }

    private static CallFilter of(
            QueryParameters parameters, @Nullable Instant after, @Nullable Instant before, Set<State> states) {
        return new CallFilter(
                after,
                before,
                words(parameters, "direction", Direction.values()),
                states,
                words(parameters, "outcome", Outcome.values()),
                phones(parameters, "number"),
                new TreeSet<>(parameters.all("extension", "an extension such as 101", CallFilter::extension)),
                phones(parameters, CLIENT),
                parameters
                        .single("min_talk_seconds", "a number of seconds such as 30 or 2.5", CallFilter::seconds)
                        .orElse(null),
                parameters
                        .single("has_recording", "true or false", CallFilter::flag)
                        .orElse(null),
                words(parameters, "source", Source.values()));
    }

    static @Nullable Instant time(QueryParameters parameters, String name) {
        return parameters
                .single(name, Timestamps.TAKES, Timestamps::parse)
                .map(Timestamps::ceilToMicros)
                .orElse(null);
    }

    private static <E extends Enum<E>> Set<E> words(QueryParameters parameters, String name, E[] known) {
        var takes = Arrays.stream(known).map(CallFilter::word).collect(Collectors.joining(", ", "one of ", ""));
        return new TreeSet<>(parameters.all(
                name,
                takes,
                text -> Arrays.stream(known)
                        .filter(value -> word(value).equals(text))
                        .findFirst()));
    }

    static Set<PhoneMatch> phones(QueryParameters parameters, String name) {
        return parameters.all(name, PhoneMatch.takes(), PhoneMatch::parse).stream()
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Optional<String> extension(String text) {
        return Optional.of(text.strip())
                .filter(value -> EXTENSION.matcher(value).matches());
    }

    private static Optional<BigDecimal> seconds(String text) {
        return SECONDS.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
