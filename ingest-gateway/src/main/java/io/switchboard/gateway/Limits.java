package io.switchboard.gateway;

import java.time.Duration;

/**
 * How long a sender may take.
 *
 * @param headers from the first byte of a request to the end of its headers
 * @param body from there to the end of its body
 */
record Limits(Duration headers, Duration body) {
    static final Limits STANDARD = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(10));
}
