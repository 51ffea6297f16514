package io.switchboard.projector.report;

import io.switchboard.call.Call.Direction;
import java.util.Map;
import java.util.Set;

/**
 * The figures of a group of calls: of all of them, and of each direction that was asked for.
 *
 * @param all what the directions do not add up to are percentiles, so they are read on their own
 */
public record DirectedFigures(Figures all, Map<Direction, Figures> parts) {
    private static final Set<Direction> OUTGOING = Set.of(Direction.OUTBOUND, Direction.CALLBACK);

    public DirectedFigures {
        parts = Map.copyOf(parts);
    }

    /** Of no calls. */
    public static DirectedFigures none() {
        return new DirectedFigures(Figures.NONE, Map.of());
    }

    public Figures of(Direction direction) {
        return parts.getOrDefault(direction, Figures.NONE);
    }

    /** Calls in: those who called. */
    public Figures inbound() {
        return of(Direction.INBOUND);
    }

    /** How calls out and calls back ended. */
    public Outcomes outgoing() {
        return OUTGOING.stream()
                .map(this::of)
                .map(Figures::outcomes)
                .reduce(Outcomes.NONE, (one, other) -> one.plus(other, 1));
    }
}
