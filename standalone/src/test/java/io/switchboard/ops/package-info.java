/**
 * Holds the files that operators use (compose file, container files, Prometheus configuration and rules) against the code
 * and the documents. Nothing here needs Docker or Prometheus.
 *
 * <p>Start at {@link io.switchboard.ops.ComposeTest}.
 */
@NullMarked
package io.switchboard.ops;

import org.jspecify.annotations.NullMarked;
