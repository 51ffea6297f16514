package io.switchboard.simulator.switches;

/** A switch that something is done with or without. */
public enum Toggle implements Position {
    OFF,
    ON;

    public boolean on() {
        return this == ON;
    }
}
