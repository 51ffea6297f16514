package io.switchboard.projector.api;

import io.switchboard.projector.api.query.ReportParameters;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of the summary that only those get who ask for it by {@code include}: it costs more than the rest. */
interface SummarySection {
    /** The word for it in {@code include}, and its member in the answer. */
    String word();

    /** Reads it, within the snapshot of the whole summary. */
    Future<? extends Map<String, ? extends @Nullable Object>> read(
            SqlConnection connection, ApiRequest request, ReportParameters report);
}
