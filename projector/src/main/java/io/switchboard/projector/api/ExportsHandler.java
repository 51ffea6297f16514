package io.switchboard.projector.api;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.export.CallCsv;
import io.switchboard.projector.api.export.CallExport;
import io.switchboard.projector.api.export.CallFormat;
import io.switchboard.projector.api.export.CallNdjson;
import io.switchboard.projector.api.export.ExportConnections.AllTaken;
import io.switchboard.projector.api.export.ExportConnections.Asked;
import io.switchboard.projector.api.export.ExportConnections.Lease;
import io.switchboard.projector.api.export.ExportConnections.TooMany;
import io.switchboard.projector.api.order.AuditEntry;
import io.switchboard.projector.api.order.AuditEntry.Outcome;
import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.query.CallFilter;
import io.switchboard.projector.api.query.CsvProfile;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.ExportedCalls.Wanted;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/exports/calls.csv} and {@code GET /v1/exports/calls.ndjson}: the list of calls without pages. */
final class ExportsHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ExportsHandler.class);
    private static final String ACTION = "export";

    private final ApiSettings settings;
    private final ApiSources sources;
    private final DatedReads reads;
    private final OrderStore store;

    ExportsHandler(ApiSettings settings, ApiSources sources, DatedReads reads, OrderStore store) {
        this.settings = settings;
        this.sources = sources;
        this.reads = reads;
        this.store = store;
    }

    Future<Answer> csv(ApiRequest request) {
        var profile = request.parameters()
                .single("profile", CsvProfile.TAKES, CsvProfile::ofWord)
                .orElse(CsvProfile.RFC4180);
        return export(request, new CallCsv(profile, request.masking()));
    }

    Future<Answer> ndjson(ApiRequest request) {
        return export(request, new CallNdjson(request.masking()));
    }

    private Future<Answer> export(ApiRequest request, CallFormat format) {
        var parameters = request.parameters();
        if (request.masking() == Masking.MASKED && parameters.has(CallFilter.CLIENT)) {
            return Future.succeededFuture(Refusals.maskedFilter(CallFilter.CLIENT));
        }
        var filter = CallFilter.of(parameters);
        var fault = Refusals.first(parameters.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var wanted = new Wanted(filter, request.account(), sources.clock().instant(), settings.openCallTimeout());
        return reads.read(request.account(), connection -> Future.succeededFuture(wanted))
                .map(dated -> switch (ask(request)) {
                    case AllTaken() -> Refusals.exportsTaken();
                    case TooMany(var most) -> Refusals.tooManyExports(most);
                    case Lease lease ->
                        new Answer.Export(
                                new CallExport(lease, settings.exports(), wanted, format, audit(request, format)),
                                dated.freshness());
                });
    }

    private Asked ask(ApiRequest request) {
        return sources.effects().exports().ask(request.caller().name(), settings.exports());
    }

    private CallExport.Audit audit(ApiRequest request, CallFormat format) {
        return new CallExport.Audit() {
            @Override
            public Future<Void> began() {
                return store.audit(entry(request, format, ACTION + ".begin", Outcome.ALLOWED, null));
            }

            @Override
            public void ended(long rows, CallExport.End end) {
                var outcome = end == CallExport.End.COMPLETE ? Outcome.ALLOWED : Outcome.FAILED;
                store.audit(entry(request, format, ACTION + ".end", outcome, rows))
                        .onFailure(away -> LOG.warn(
                                "the end of the export of request {} after {} rows is not in the audit",
                                request.message().id(),
                                rows));
            }
        };
    }

    private static AuditEntry entry(
            ApiRequest request, CallFormat format, String action, Outcome outcome, @Nullable Long rows) {
        var caller = request.caller();
        return new AuditEntry(
                caller,
                caller.account(),
                action,
                format.fileName(),
                outcome,
                request.message().id(),
                rows);
    }
}
