package io.switchboard.projector.api;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.query.CallFilter;
import io.switchboard.projector.api.query.RangeQuestion;
import io.switchboard.projector.api.query.ReportParameters;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.FigureQueries;
import io.switchboard.projector.api.table.ReportQueries;
import io.switchboard.projector.api.view.FiguresView;
import io.switchboard.projector.api.view.ReportView;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What reports are made from.
 *
 * @param figures where their numbers are read
 * @param zones where the days of a reader begin who names no zone
 * @param clock where a report without an end ends
 */
record ReportSources(DatedReads reads, FigureQueries figures, DayZones zones, InstantSource clock) {
    /** The most local days of a report that looks at every call by itself. */
    static final int MOST_DAYS_CALL_BY_CALL = 93;

    ReportQueries queries() {
        return new ReportQueries(figures);
    }

    /** What every report takes. */
    ReportParameters parameters(ApiRequest request) {
        return ReportParameters.of(request.parameters(), zones.ofReader(request.account()), clock.instant());
    }

    /** What a report about people is about, once nothing is wrong with it. */
    RangeQuestion question(ApiRequest request, ReportParameters report) {
        return new RangeQuestion(
                request.account(), report.calls(), report.period().bucket(), clock.instant());
    }

    /** How a report looks in its answer. */
    static ReportView view(ReportParameters report, FiguresView figures) {
        return new ReportView(
                report.period().zone(), report.link(), report.calls().outcomes(), figures);
    }

    /** What is wrong with a request of which everything known was read. */
    static Optional<Answer> fault(ApiRequest request) {
        if (request.masking() == Masking.MASKED && request.parameters().has(CallFilter.CLIENT)) {
            return Optional.of(Refusals.maskedFilter(CallFilter.CLIENT));
        }
        return Refusals.first(request.parameters().problem());
    }
}
