package io.switchboard.simulator.delivery;

/**
 * How much may be under way.
 *
 * @param outstanding unanswered requests per URL
 * @param queued deliveries that wait for their time, and again per URL those that wait for a free request
 */
public record Limits(int outstanding, int queued) {
    public static final Limits STANDARD = new Limits(64, 10_000);
}
