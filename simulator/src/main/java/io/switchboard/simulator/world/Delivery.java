package io.switchboard.simulator.world;

import java.time.Duration;

/** One copy of an event on its way to one webhook URL. Mutable; owned by the simulator's event loop. */
public final class Delivery {
    private final SimulatedEvent event;
    private final int url;
    private final Copy copy;
    private final Duration delay;
    private Fate fate;
    private int attempts;
    private int status;

    /** Why a copy exists. */
    public enum Copy {
        ORIGINAL,
        /** The original, held back so that later events overtake it. */
        SHUFFLED,
        DUPLICATE,
        /** The same event once more, long after. */
        REPLAY
    }

    /** What became of a copy. */
    public enum Fate {
        SCHEDULED,
        /** Sent, no answer yet. */
        SENT,
        /** Answered with 2XX. */
        DELIVERED,
        /** Refused or unanswered; will be sent again. */
        RETRYING,
        /** Refused or unanswered for good. */
        FAILED,
        /** Never sent, on purpose. */
        LOST,
        /** Never sent: the queue of its URL was full. */
        DROPPED
    }

    /**
     * A copy that will be sent.
     *
     * @param url index of the webhook URL
     * @param delay how much later than its event
     */
    public static Delivery scheduled(SimulatedEvent event, int url, Copy copy, Duration delay) {
        return new Delivery(event, url, copy, delay, Fate.SCHEDULED);
    }

    /** A copy that will not be sent. */
    public static Delivery lost(SimulatedEvent event, int url) {
        return new Delivery(event, url, Copy.ORIGINAL, Duration.ZERO, Fate.LOST);
    }

    private Delivery(SimulatedEvent event, int url, Copy copy, Duration delay, Fate fate) {
        this.event = event;
        this.url = url;
        this.copy = copy;
        this.delay = delay;
        this.fate = fate;
    }

    public void send() {
        attempts++;
        fate = Fate.SENT;
    }

    /** Notes the end of an attempt; status 0 when no answer came. */
    public void answered(int status, Fate fate) {
        this.status = status;
        this.fate = fate;
    }

    public void drop() {
        fate = Fate.DROPPED;
    }

    public SimulatedEvent event() {
        return event;
    }

    public int url() {
        return url;
    }

    public Copy copy() {
        return copy;
    }

    public Duration delay() {
        return delay;
    }

    public Fate fate() {
        return fate;
    }

    /** How often it was sent. */
    public int attempts() {
        return attempts;
    }

    /** The last answer's HTTP status; 0 when there was none. */
    public int status() {
        return status;
    }
}
