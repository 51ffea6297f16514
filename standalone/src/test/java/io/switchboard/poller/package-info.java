/**
 * The second door end to end: pollers on a real Kafka against simulated providers in the test's own JVM. Start at
 * {@link io.switchboard.poller.PollerUnderTest}.
 */
@NullMarked
package io.switchboard.poller;

import org.jspecify.annotations.NullMarked;
