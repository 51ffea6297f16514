package io.switchboard.projector.api.view;

import io.switchboard.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an extension does, judged by evidence alone. The order of the rules is the whole of it:
 *
 * <ol>
 *   <li>a leg that talks in an open call that is not silent: {@code on_call}; the one that began last, when there are several
 *   <li>a leg that rings in one: {@code ringing}
 *   <li>a status that was polled and is fresh enough, unless it says {@code on_call} and a call ended after it was seen
 *   <li>otherwise {@code unknown}
 * </ol>
 *
 * <p>That a call ended says that nobody talks any more, not that somebody waits for the next one: alone it is no evidence of
 * {@code available}. What the provider shows as wrapping up or calling out only reads {@code dnd}: no call should go there.
 *
 * @param since when it began; of {@code unknown} when what was known ended or expired, null when nothing ever was
 * @param proof what it rests on, or for {@code unknown} the last that was known; null of nothing
 */
public record AgentState(
        State state, @Nullable Instant since, @Nullable Proof proof) {
    /** How long a status holds after a poll saw or confirmed it: three rounds of the poller. */
    public static final Duration STATUS_HOLDS = Duration.ofMinutes(45);

    /** How long a polled {@code on_call} holds: a call ends sooner than a person changes a setting. */
    public static final Duration POLLED_CALL_HOLDS = Duration.ofMinutes(15);

    /** The words of the contract; open, as all enumerations. */
    public enum State {
        RINGING,
        ON_CALL,
        AVAILABLE,
        DND,
        OFFLINE,
        UNKNOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst();
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(State::word).toList();
        }
    }

    /**
     * A part in a call that is open.
     *
     * @param talking or ringing
     * @param since when it began to
     * @param expiresAt when the call has been silent for too long
     */
    public record OpenLeg(String callId, boolean talking, Source source, Instant since, Instant expiresAt) {}

    /** The last part in a call that is over. */
    public record Ended(String callId, Source source, Instant at) {}

    /**
     * A status as the provider showed it.
     *
     * @param status null for a word that nobody knows
     * @param since when it was seen first
     * @param at when it was seen last
     */
    public record Polled(@Nullable String status, String eventId, Instant since, Instant at) {}

    /** Everything there is to judge by. */
    public record Evidence(
            List<OpenLeg> open,
            @Nullable Ended ended,
            @Nullable Polled polled) {
        public Evidence {
            open = List.copyOf(open);
        }
    }

    /**
     * What a state rests on.
     *
     * @param kind {@code talking}, {@code ringing}, {@code status} or {@code call_ended}
     * @param status the provider's word
     * @param expiresAt when it holds no more; null of what never held
     */
    public record Proof(
            Source source,
            String kind,
            @Nullable String callId,
            @Nullable String eventId,
            @Nullable String status,
            Instant at,
            @Nullable Instant expiresAt) {}

    public static AgentState of(Evidence evidence, Instant now) {
        var leg = evidence.open().stream()
                .filter(one -> one.expiresAt().isAfter(now))
                .max(Comparator.comparing(OpenLeg::talking).thenComparing(OpenLeg::since));
        return leg.map(AgentState::inCall).orElseGet(() -> outsideCalls(evidence.ended(), evidence.polled(), now));
    }

    private static AgentState inCall(OpenLeg leg) {
        var kind = leg.talking() ? "talking" : "ringing";
        return new AgentState(
                leg.talking() ? State.ON_CALL : State.RINGING,
                leg.since(),
                new Proof(leg.source(), kind, leg.callId(), null, null, leg.since(), leg.expiresAt()));
    }

    private static AgentState outsideCalls(@Nullable Ended ended, @Nullable Polled polled, Instant now) {
        var state = polled == null ? State.UNKNOWN : meaning(polled.status());
        if (polled == null || isRefuted(state, polled, ended)) {
            return afterCall(ended);
        }
        var expiresAt = polled.at().plus(state == State.ON_CALL ? POLLED_CALL_HOLDS : STATUS_HOLDS);
        var proof = new Proof(Source.POLL, "status", null, polled.eventId(), polled.status(), polled.at(), expiresAt);
        if (!expiresAt.isAfter(now)) {
            return ended != null && ended.at().isAfter(polled.at())
                    ? afterCall(ended)
                    : new AgentState(State.UNKNOWN, expiresAt, proof);
        }
        // Whoever was on a call until then cannot have been available before.
        var since = state == State.AVAILABLE && ended != null && ended.at().isAfter(polled.since())
                ? ended.at()
                : polled.since();
        return new AgentState(state, since, proof);
    }

    private static boolean isRefuted(State state, Polled polled, @Nullable Ended ended) {
        return state == State.ON_CALL && ended != null && !ended.at().isBefore(polled.at());
    }

    private static AgentState afterCall(@Nullable Ended ended) {
        return ended == null
                ? new AgentState(State.UNKNOWN, null, null)
                : new AgentState(
                        State.UNKNOWN,
                        ended.at(),
                        new Proof(ended.source(), "call_ended", ended.callId(), null, null, ended.at(), null));
    }

    private static State meaning(@Nullable String status) {
        return switch (status) {
            case "available" -> State.AVAILABLE;
            case "dnd", "wrap_up", "outbound_only" -> State.DND;
            case "on_call" -> State.ON_CALL;
            case "offline" -> State.OFFLINE;
            case null, default -> State.UNKNOWN;
        };
    }
}
