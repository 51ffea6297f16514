package io.switchboard.projector.api;

import io.switchboard.projector.api.export.ExportConnections;
import io.switchboard.projector.api.order.OrderLog;
import io.vertx.sqlclient.Pool;

/**
 * What the API does besides reading.
 *
 * @param writes connections for orders and the audit; see {@link ApiPool}
 * @param orders the way to the pollers
 * @param recordings the way to recordings
 * @param exports connections that whole lists are read with
 */
public record Effects(Pool writes, OrderLog orders, RecordingSource recordings, ExportConnections exports) {
    /** Without exports. */
    public Effects(Pool writes, OrderLog orders, RecordingSource recordings) {
        this(writes, orders, recordings, ExportConnections.NONE);
    }
}
