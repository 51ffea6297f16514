package io.switchboard.projector.api;

import io.switchboard.projector.api.query.RangeQuestion;
import io.switchboard.projector.api.query.ReportParameters;
import io.switchboard.projector.api.table.CallerQueries;
import io.switchboard.projector.api.table.ResponseQueries;
import io.switchboard.projector.api.view.CallersView;
import io.switchboard.projector.report.Responses;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code GET /v1/metrics/summary} can include about those who called, and what they left. */
final class CallerSections {
    private CallerSections() {}

    static List<SummarySection> of(ReportSources sources, Duration openCallTimeout) {
        var callers = new CallerQueries(openCallTimeout);
        var responses = new ResponseQueries();
        return List.of(
                new Section(
                        sources,
                        "callers",
                        (connection, question, minSamples) ->
                                callers.read(connection, question).map(CallersView::callers)),
                new Section(
                        sources,
                        "voicemail_response",
                        (connection, question, minSamples) ->
                                shown(responses.voicemails(connection, question), minSamples)),
                new Section(
                        sources,
                        "message_response",
                        (connection, question, minSamples) ->
                                shown(responses.messages(connection, question), minSamples)));
    }

    private interface Reading {
        Future<Map<String, @Nullable Object>> read(SqlConnection connection, RangeQuestion question, int minSamples);
    }

    private record Section(ReportSources sources, String word, Reading reading) implements SummarySection {
        @Override
        public Future<? extends Map<String, ? extends @Nullable Object>> read(
                SqlConnection connection, ApiRequest request, ReportParameters report) {
            return reading.read(
                    connection, sources.question(request, report), ReportParameters.minSamples(request.parameters()));
        }
    }

    private static Future<Map<String, @Nullable Object>> shown(Future<Responses> responses, int minSamples) {
        return responses.map(found -> CallersView.responses(found, minSamples));
    }
}
