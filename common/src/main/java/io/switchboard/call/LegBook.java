package io.switchboard.call;

import io.switchboard.call.Call.Leg;
import io.switchboard.call.Call.LegResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The legs of a call while its events are applied in order. Owned by one fold.
 *
 * <pre>
 *            RING                 CONNECT                 LEG END / end of call
 *   (none) ────────▶ attempt ───────────────▶ talking ───────────────▶ answered
 *                      │  ▲                      ▲
 *            STOP_RING ▼  │ CONNECT reopens      │ CONNECT without an attempt, or the
 *                    closed                      │ dialler's leg at the call's first CONNECT
 * </pre>
 *
 * Group rings send StopRinging for every member and only then Connected: so a connect answers the extension's latest
 * attempt even when that was closed.
 */
final class LegBook {
    private final List<OpenLeg> all = new ArrayList<>();
    private final Map<String, List<OpenLeg>> byExtension = new HashMap<>();
    private final EffectLedger ledger;
    private final @Nullable OpenLeg diallers;

    /** A leg that events still change. */
    private static final class OpenLeg {
        private final String extension;
        private final Instant openedAt;
        private final @Nullable Instant ringingAt;
        private @Nullable Instant connectedAt;
        private @Nullable Instant endedAt;

        private OpenLeg(String extension, Instant openedAt, @Nullable Instant ringingAt) {
            this.extension = extension;
            this.openedAt = openedAt;
            this.ringingAt = ringingAt;
        }

        private boolean isOpenAttempt() {
            return ringingAt != null && connectedAt == null && endedAt == null;
        }

        /** The call's end, unless that lies before what is known of the leg: two clocks then disagree. */
        private @Nullable Instant endsWith(@Nullable Instant callEnd) {
            var latest = connectedAt != null ? connectedAt : openedAt;
            return callEnd == null || callEnd.isBefore(latest) ? null : callEnd;
        }

        private String extension() {
            return extension;
        }

        private Instant openedAt() {
            return openedAt;
        }
    }

    /**
     * @param dialling the event that names the dialler; null where nobody of the account dialled
     */
    LegBook(@Nullable KnownEvent dialling, EffectLedger ledger) {
        this.ledger = ledger;
        if (dialling != null && dialling.extension() != null) {
            diallers = open(dialling.extension(), dialling, null);
        } else {
            diallers = null;
        }
    }

    void apply(KnownEvent event) {
        if (event.phase() == EventName.Phase.CONNECT) {
            connectDialler(event);
        }
        var extension = event.extension();
        if (extension == null) {
            return;
        }
        switch (event.phase()) {
            case START -> {}
            case RING -> ring(extension, event);
            case STOP_RING -> stopRinging(extension, event);
            case CONNECT -> connect(extension, event);
            case LEG_COMPLETE, COMPLETE -> {
                if (event.end() == KnownEvent.End.LEG) {
                    endLeg(extension, event);
                }
            }
        }
    }

    private void ring(String extension, KnownEvent event) {
        var isDiallersOwn = diallers != null
                && event.name() == EventName.OUTGOING_CALL_AGENT_DIALING
                && diallers.extension.equals(extension);
        if (!isDiallersOwn) {
            var ignored = open(extension, event, event.at());
        }
    }

    private void stopRinging(String extension, KnownEvent event) {
        for (var leg : legsOf(extension).reversed()) {
            if (leg.isOpenAttempt()) {
                end(leg, event);
                return;
            }
        }
    }

    private void connect(String extension, KnownEvent event) {
        for (var leg : legsOf(extension).reversed()) {
            if (leg.connectedAt != null) {
                if (leg.endedAt == null) {
                    return; // talks already
                }
                break; // older attempts are past
            }
            if (leg.ringingAt != null) {
                connect(leg, event);
                return;
            }
        }
        connect(open(extension, event, null), event);
    }

    private void connectDialler(KnownEvent event) {
        if (diallers != null && diallers.connectedAt == null && diallers.endedAt == null) {
            connect(diallers, event);
        }
    }

    private void endLeg(String extension, KnownEvent event) {
        for (var leg : legsOf(extension).reversed()) {
            if (leg.endedAt == null) {
                end(leg, event);
                return;
            }
        }
    }

    private OpenLeg open(String extension, KnownEvent event, @Nullable Instant ringingAt) {
        var leg = new OpenLeg(extension, event.at(), ringingAt);
        all.add(leg);
        var legs = byExtension.computeIfAbsent(extension, key -> new ArrayList<>());
        legs.add(leg);
        ledger.note("legs", event);
        return leg;
    }

    private void connect(OpenLeg leg, KnownEvent event) {
        leg.connectedAt = event.at();
        leg.endedAt = null;
        ledger.note("legs", event);
    }

    private void end(OpenLeg leg, KnownEvent event) {
        leg.endedAt = event.at();
        ledger.note("legs", event);
    }

    private List<OpenLeg> legsOf(String extension) {
        return byExtension.getOrDefault(extension, List.of());
    }

    /**
     * The legs of a call that ended, or is open.
     *
     * @param ending null while the call is open
     * @param connectedByRecord extensions that a call record names as having talked
     */
    List<Leg> legs(@Nullable Ending ending, Set<String> connectedByRecord) {
        return all.stream()
                .sorted(Comparator.comparing(OpenLeg::openedAt).thenComparing(OpenLeg::extension))
                .map(leg -> new Leg(
                        leg.extension,
                        leg.ringingAt,
                        leg.connectedAt,
                        leg.endedAt == null && ending != null ? leg.endsWith(ending.at()) : leg.endedAt,
                        result(leg, ending, connectedByRecord)))
                .toList();
    }

    private LegResult result(OpenLeg leg, @Nullable Ending ending, Set<String> connectedByRecord) {
        var isOpen = ending == null && leg.endedAt == null;
        if (leg.connectedAt != null) {
            return isOpen ? LegResult.TALKING : LegResult.ANSWERED;
        }
        if (isOpen) {
            return LegResult.RINGING;
        }
        if (connectedByRecord.contains(leg.extension) && !hasTalked(leg.extension)) {
            return LegResult.UNKNOWN; // the sources disagree
        }
        return isAnsweredElsewhere(leg, ending) ? LegResult.ANSWERED_ELSEWHERE : LegResult.NO_ANSWER;
    }

    private boolean hasTalked(String extension) {
        return legsOf(extension).stream().anyMatch(leg -> leg.connectedAt != null);
    }

    private boolean isAnsweredElsewhere(OpenLeg leg, @Nullable Ending ending) {
        if (leg.ringingAt == null) {
            return false;
        }
        var callEnd = ending == null || ending.at() == null ? Instant.MAX : ending.at();
        var ringEnd = leg.endedAt == null ? callEnd : leg.endedAt;
        return all.stream()
                .filter(other -> !other.extension.equals(leg.extension))
                .anyMatch(other -> other.ringingAt != null
                        && other.connectedAt != null
                        && overlap(leg.ringingAt, ringEnd, other.ringingAt, other.connectedAt));
    }

    private static boolean overlap(Instant from, Instant to, Instant otherFrom, Instant otherTo) {
        return from.equals(otherFrom) || (from.isBefore(otherTo) && otherFrom.isBefore(to));
    }
}
