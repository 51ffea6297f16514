package io.switchboard.projector.api.table;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Call.State;
import io.switchboard.event.Source;
import io.switchboard.projector.api.query.CallFilter;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a filter says of a call's {@code kind}: five letters, one for each of
 *
 * <pre>
 *   direction   i inbound · o outbound · c callback · n internal · u unknown
 *   outcome     a answered · m missed · v voicemail · d dropped · n unanswered · u unknown · - open
 *   recording   r there is one · - none
 *   talk        t its length is known · - not
 *   doors       b both · w webhooks only · p polling only
 * </pre>
 *
 * <p>Some fifty words exist, so a list is read from the newest end of each that fits, and merged: a rare kind costs no more
 * than a common one. What the clock decides is not in the word: an open call may read {@code unknown} by now.
 */
final class CallKinds {
    private static final String OPEN = "-";
    private static final String ANY = ".";

    private CallKinds() {}

    /** Whether the filter chooses among kinds at all. */
    static boolean choose(CallFilter filter) {
        return !filter.directions().isEmpty()
                || !filter.states().isEmpty()
                || !filter.outcomes().isEmpty()
                || filter.hasRecording() != null
                || !filter.sources().isEmpty();
    }

    /** The regular expression of the kinds that calls of the filter can have. */
    static String pattern(CallFilter filter) {
        return "^" + anyOf(filter.directions(), CallKinds::letter) + outcomes(filter)
                + switch (filter.hasRecording()) {
                    case null -> ANY;
                    case Boolean has -> has ? "r" : "-";
                }
                + (filter.minTalkSeconds() == null ? ANY : "t") + doors(filter.sources()) + "$";
    }

    /** What of the filter the kind does not decide. */
    static CallFilter rest(CallFilter filter) {
        return new CallFilter(
                filter.startedAfter(),
                filter.startedBefore(),
                Set.of(),
                filter.states().equals(Set.of(State.ENDED)) ? Set.of() : filter.states(),
                filter.outcomes().contains(Outcome.UNKNOWN) ? filter.outcomes() : Set.of(),
                filter.numbers(),
                filter.extensions(),
                filter.clients(),
                filter.minTalkSeconds(),
                null,
                Set.of());
    }

    static CallFilter withoutNumbers(CallFilter filter) {
        return new CallFilter(
                filter.startedAfter(),
                filter.startedBefore(),
                filter.directions(),
                filter.states(),
                filter.outcomes(),
                Set.of(),
                filter.extensions(),
                filter.clients(),
                filter.minTalkSeconds(),
                filter.hasRecording(),
                filter.sources());
    }

    /** Whether only kinds are left that few calls have: the open ones, the dropped, those nobody knows the end of. */
    static boolean areRare(CallFilter filter) {
        var states = filter.states();
        var outcomes = filter.outcomes();
        return (!states.isEmpty() && !states.contains(State.ENDED))
                || (!outcomes.isEmpty()
                        && EnumSet.of(Outcome.DROPPED, Outcome.UNKNOWN).containsAll(outcomes));
    }

    private static String outcomes(CallFilter filter) {
        var letters = Stream.concat(Stream.of(Outcome.values()).map(CallKinds::letter), Stream.of(OPEN))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!filter.outcomes().isEmpty()) {
            letters.removeIf(letter -> letter.equals(OPEN)
                    ? !filter.outcomes().contains(Outcome.UNKNOWN)
                    : filter.outcomes().stream()
                            .noneMatch(outcome -> letter(outcome).equals(letter)));
        }
        if (!filter.states().isEmpty()) {
            letters.removeIf(letter -> letter.equals(OPEN)
                    ? filter.states().equals(Set.of(State.ENDED))
                    : !filter.states().contains(State.ENDED));
        }
        return letters.isEmpty() ? "$" : "[" + String.join("", letters.descendingSet()) + "]"; // the hyphen comes last
    }

    private static String doors(Set<Source> sources) {
        if (sources.isEmpty() || sources.size() == Source.values().length) {
            return ANY;
        }
        return sources.contains(Source.WEBHOOK) ? "[bw]" : "[bp]";
    }

    private static <T> String anyOf(Collection<T> values, Function<T, String> letter) {
        return values.isEmpty() ? ANY : values.stream().map(letter).collect(Collectors.joining("", "[", "]"));
    }

    private static String letter(Direction direction) {
        return switch (direction) {
            case INBOUND -> "i";
            case OUTBOUND -> "o";
            case CALLBACK -> "c";
            case INTERNAL -> "n";
            case UNKNOWN -> "u";
        };
    }

    private static String letter(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> "a";
            case MISSED -> "m";
            case VOICEMAIL -> "v";
            case DROPPED -> "d";
            case UNANSWERED -> "n";
            case UNKNOWN -> "u";
        };
    }
}
