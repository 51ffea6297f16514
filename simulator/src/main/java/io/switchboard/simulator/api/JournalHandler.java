package io.switchboard.simulator.api;

import io.switchboard.simulator.rows.JournalRows;
import io.switchboard.simulator.rows.Reading;
import io.switchboard.simulator.rows.Times;
import io.switchboard.simulator.world.Interaction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /journal/requests}: calls and text messages in pages that are numbered from 1. */
final class JournalHandler {
    private static final int MOST_PER_PAGE = 1_000;
    private static final Duration COUNTED = Duration.ofDays(28);
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{24}");

    private final ApiAccount account;

    JournalHandler(ApiAccount account) {
        this.account = account;
    }

    ApiAnswer list(ApiRequest request) {
        var reading = account.reading(request.now());
        var query = request.query();
        var pageSize = query.whole("pageSize", 100, 1);
        var page = query.whole("page", 1, 1);
        var filter = new JournalFilter(query, Instant.EPOCH, request.now());
        var unsupported = filter.unsupported();
        if (pageSize > MOST_PER_PAGE && unsupported.isEmpty()) {
            unsupported = List.of("pageSize");
        }
        if (!unsupported.isEmpty()) {
            return malformed(unsupported);
        }
        var found = reading.listing().journal().sort(filter.find(account.world(), reading));
        var ordered = query.flag("reverse") ? found.reversed() : found;
        var rows = new JournalRows(reading);
        var shown = ordered.stream()
                .skip((page - 1L) * pageSize)
                .limit(pageSize)
                .map(rows::row)
                .toList();
        return ApiAnswer.list(rows.page(page, shown), shown);
    }

    ApiAnswer counts(ApiRequest request) {
        var reading = account.reading(request.now());
        var filter = new JournalFilter(request.query(), request.now().minus(COUNTED), request.now());
        var unsupported = filter.unsupported();
        if (!unsupported.isEmpty()) {
            return malformed(unsupported);
        }
        return ApiAnswer.ok(new JsonObject()
                .put("records", filter.find(account.world(), reading).size())
                .put("from", Times.numeric(filter.from(), reading.form()))
                .put("to", Times.numeric(filter.to(), reading.form())));
    }

    ApiAnswer find(ApiRequest request) {
        return change(request.part("id"), request, (found, reading) -> {
            return ApiAnswer.ok(new JournalRows(reading).row(found));
        });
    }

    ApiAnswer comment(ApiRequest request) {
        return change(request.part("id"), request, (found, reading) -> {
            found.marks().comment(request.body());
            return ApiAnswer.message(200, "updated");
        });
    }

    ApiAnswer removeComment(ApiRequest request) {
        return change(request.part("id"), request, (found, reading) -> {
            found.marks().comment(null);
            return ApiAnswer.message(200, "updated");
        });
    }

    /** {@code contactCenter/communications}: the journal for those who have the role. */
    ApiAnswer communications(ApiRequest request) {
        if (account.apiSettings().conduct().contactCentreRole() == ConductSettings.ContactCentreRole.REFUSED) {
            return ApiAnswer.error(
                    403, "TenantAccountRoleIssue", "Tenant with your role have no access to this method");
        }
        var answer = list(request);
        return answer.status() == 200 && answer.body() instanceof JsonObject bare && !bare.containsKey("data")
                ? ApiAnswer.list(new JsonObject().put("data", bare), answer.rows())
                : answer;
    }

    /** Whether an id has the journal's form. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static ApiAnswer badId(String ids) {
        return ApiAnswer.error(400, "RequestIdHasInvalidFormat", "Request Id(s) '" + ids + "' has invalid format");
    }

    static ApiAnswer notFound() {
        return ApiAnswer.error(404, "RequestIsNotFound", "Request is not found");
    }

    private interface Use {
        ApiAnswer of(Interaction found, Reading reading);
    }

    private ApiAnswer change(String id, ApiRequest request, Use use) {
        if (!isId(id)) {
            return badId(id);
        }
        var reading = account.reading(request.now());
        Optional<Interaction> found = account.world().journal(id).filter(reading::lists);
        return found.map(row -> use.of(row, reading)).orElseGet(JournalHandler::notFound);
    }

    private static ApiAnswer malformed(List<String> filters) {
        return ApiAnswer.of(
                400,
                new JsonObject()
                        .put("data", new JsonObject().put("unsupportedFilters", new JsonArray(filters)))
                        .put("errorCode", "FilterParamsMalformed")
                        .put("message", "Filter params malformed"));
    }
}
