/**
 * What the integration tests stand on: real Kafka and PostgreSQL, and processes that can be killed.
 *
 * <p>Invariant: nothing started here outlives the test JVM, and every process is stopped by the id it was started with.
 *
 * <p>Start at {@link io.switchboard.standalone.infrastructure.RealInfrastructure}.
 */
@NullMarked
package io.switchboard.standalone.infrastructure;

import org.jspecify.annotations.NullMarked;
