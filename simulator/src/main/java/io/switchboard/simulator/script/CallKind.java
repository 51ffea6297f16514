package io.switchboard.simulator.script;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The kinds of calls the simulator makes, how often each comes, and what a reader of its events should conclude. */
public enum CallKind {
    ANSWERED("answered", 30, Direction.INBOUND, Outcome.ANSWERED),
    /** The first extension does not answer, the second does. */
    SEQUENTIAL("sequential", 12, Direction.INBOUND, Outcome.ANSWERED),
    /** Several extensions ring at once, one answers. */
    GROUP("group", 8, Direction.INBOUND, Outcome.ANSWERED),
    MISSED("missed", 9, Direction.INBOUND, Outcome.MISSED),
    VOICEMAIL("voicemail", 6, Direction.INBOUND, Outcome.VOICEMAIL),
    /** The first extension hands the caller over to another: its leg completes in the middle of the call. */
    TRANSFER("transfer", 4, Direction.INBOUND, Outcome.ANSWERED),
    /** The caller uses a call button on a web site: {@code From} holds the widget's name. */
    WIDGET("widget", 3, Direction.INBOUND, Outcome.ANSWERED),
    OUTGOING("outgoing", 14, Direction.OUTBOUND, Outcome.ANSWERED),
    OUTGOING_UNANSWERED("outgoing-unanswered", 5, Direction.OUTBOUND, Outcome.UNANSWERED),
    CALLBACK("callback", 2, Direction.CALLBACK, Outcome.ANSWERED),
    CALLBACK_UNANSWERED("callback-unanswered", 1, Direction.CALLBACK, Outcome.UNANSWERED),
    /** The extension that called back asks a colleague in between. */
    CALLBACK_CONSULT("callback-consult", 1, Direction.CALLBACK, Outcome.ANSWERED),
    CALLBACK_TRANSFER("callback-transfer", 1, Direction.CALLBACK, Outcome.ANSWERED),
    /** One extension calls another. */
    INTERNAL("internal", 4, Direction.INTERNAL, Outcome.ANSWERED),
    /** Only made by hand: the caller hangs up before anybody rings. Its events do not tell it from a missed call. */
    DROPPED("dropped", 0, Direction.INBOUND, Outcome.MISSED),
    /** Only made by hand: somebody answers, and the end is never announced nor recorded anywhere. */
    NEVER_ENDED("never-ended", 0, Direction.INBOUND, Outcome.UNKNOWN);

    private static final int TOTAL_WEIGHT =
            Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();

    private final String word;
    private final int weight;
    private final Direction direction;
    private final Outcome outcome;

    CallKind(String word, int weight, Direction direction, Outcome outcome) {
        this.word = word;
        this.weight = weight;
        this.direction = direction;
        this.outcome = outcome;
    }

    /** The name used in the control API. */
    public String word() {
        return word;
    }

    public Direction direction() {
        return direction;
    }

    /** What a call of this kind comes to when all its events arrive. */
    public Outcome outcome() {
        return outcome;
    }

    /** What its record says, which knows more than its events. */
    public Outcome recorded() {
        return this == DROPPED ? Outcome.DROPPED : outcome;
    }

    public static Optional<CallKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(CallKind::word).toList();
    }

    /** Draws a kind, common ones more often. */
    public static CallKind draw(SplittableRandom random) {
        var drawn = random.nextInt(TOTAL_WEIGHT);
        for (var kind : values()) {
            drawn -= kind.weight;
            if (drawn < 0) {
                return kind;
            }
        }
        throw new AssertionError("weights do not add up");
    }
}
