/**
 * Measures the doors against their ceilings in one run, each round in turn. Started by {@code ops/bench/run}; start reading
 * at {@link io.switchboard.standalone.bench.WebhookBenchMain}.
 */
@NullMarked
package io.switchboard.standalone.bench;

import org.jspecify.annotations.NullMarked;
