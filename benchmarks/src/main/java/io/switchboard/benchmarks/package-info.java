/**
 * What questions cost on a history of millions of calls.
 *
 * <p>Invariant: nothing imports this; it asks through the same classes as the query API, and measures nothing but them.
 *
 * <p>Start at {@link io.switchboard.benchmarks.QueryBenchMain}.
 */
@NullMarked
package io.switchboard.benchmarks;

import org.jspecify.annotations.NullMarked;
