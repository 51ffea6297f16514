package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.query.ReportRange;
import io.switchboard.projector.api.table.CompatibilityQueries;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.view.CompatibilityView.Extension;
import io.switchboard.projector.api.view.CompatibilityView.PhoneNumber;
import io.switchboard.projector.api.view.CompatibilityView.Report;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the dashboard that was there before reads: {@code /api/admin/mightycall/phone-numbers}, {@code /extensions} and {@code
 * /reports}. An administrator of all accounts reads those of all of them, in one list.
 */
final class CompatibilityHandler {
    private static final Comparator<Report> BY_DAY = Comparator.comparing(Report::date)
            .thenComparing(Report::number, Comparator.nullsLast(Comparator.naturalOrder()));

    private final DatedReads reads;
    private final DayZones zones;

    CompatibilityHandler(DatedReads reads, DayZones zones) {
        this.reads = reads;
        this.zones = zones;
    }

    Future<Answer> phoneNumbers(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return reads.read(
                        request.account(),
                        connection -> CompatibilityQueries.phoneNumbers(connection, request.account()))
                .map(dated -> new Resource(
                        Map.of(
                                "phone_numbers",
                                dated.value().stream().map(PhoneNumber::json).toList()),
                        dated.freshness()));
    }

    Future<Answer> extensions(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return reads.read(
                        request.account(), connection -> CompatibilityQueries.extensions(connection, request.account()))
                .map(dated -> new Resource(
                        Map.of(
                                "extensions",
                                dated.value().stream().map(Extension::json).toList()),
                        dated.freshness()));
    }

    Future<Answer> reports(ApiRequest request) {
        var range = ReportRange.of(request.parameters());
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var days = range.orElseThrow();
        return reads.read(
                        request.account(),
                        connection -> CompatibilityQueries.accounts(connection, request.account())
                                .compose(accounts -> reports(connection, accounts, days)))
                .map(dated -> new Resource(
                        Map.of(
                                "reports",
                                dated.value().stream()
                                        .sorted(BY_DAY)
                                        .map(Report::json)
                                        .toList()),
                        dated.freshness()));
    }

    /** Each account's days begin where it is. */
    private Future<List<Report>> reports(SqlConnection connection, List<String> accounts, ReportRange range) {
        var all = accounts.stream()
                .map(account -> CompatibilityQueries.reports(connection, account, range.days(zones.of(account))))
                .toList();
        return Future.all(all)
                .map(done -> all.stream()
                        .flatMap(reports -> reports.result().stream())
                        .toList());
    }
}
