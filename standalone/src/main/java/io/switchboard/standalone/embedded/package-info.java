/**
 * A real Kafka broker and a real PostgreSQL without Docker, for the demo, for `up` on one machine and for the tests.
 *
 * <p>Invariants: what was acknowledged is on disk in the data folder and survives a kill of this process; no server
 * outlives this process; nothing listens beyond loopback; whatever prevents a start is one {@link
 * io.switchboard.runtime.StartFailure} with one line for a person.
 *
 * <p>Start at {@link io.switchboard.standalone.embedded.EmbeddedKafka} and {@link
 * io.switchboard.standalone.embedded.EmbeddedPostgres}.
 */
@NullMarked
package io.switchboard.standalone.embedded;

import org.jspecify.annotations.NullMarked;
