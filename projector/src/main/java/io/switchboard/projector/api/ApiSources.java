package io.switchboard.projector.api;

import io.vertx.sqlclient.Pool;
import java.time.InstantSource;

/**
 * Where the API's answers come from.
 *
 * @param pool connections that only read; see {@link ApiPool}
 * @param pipeline the stages of this installation
 * @param receipts events that are not in the tables yet
 * @param clock the server's clock: what silent calls are measured by
 * @param effects what it does besides reading
 */
public record ApiSources(
        Pool pool, PipelineSource pipeline, ReceiptSource receipts, InstantSource clock, Effects effects) {}
