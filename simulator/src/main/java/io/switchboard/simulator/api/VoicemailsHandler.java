package io.switchboard.simulator.api;

import io.switchboard.simulator.rows.VoicemailRows;
import io.switchboard.simulator.world.Marks.Flag;
import io.switchboard.simulator.world.SimulatedCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** {@code /voicemails}: messages that callers left. */
final class VoicemailsHandler {
    private static final List<String> FILTERS = List.of(
            "None",
            "Read",
            "UnRead",
            "ReadAndUnRead",
            "CallerName",
            "CallerAddress",
            "CalledName",
            "CalledAddress",
            "StartTime",
            "StartDate",
            "Duration",
            "TextFields");

    private final ApiAccount account;

    VoicemailsHandler(ApiAccount account) {
        this.account = account;
    }

    ApiAnswer list(ApiRequest request) {
        var query = request.query();
        var pageSize = query.whole("pageSize", 10, 1);
        var skip = query.whole("skip", 0, 0);
        var window = CallsHandler.Window.of(query, request.now());
        var filters = query.words("voicemailFilter", FILTERS);
        var sought = query.text("customFilter").orElse("");
        if (!query.faults().isEmpty()) {
            return ApiAnswer.invalid(query.faults());
        }
        var reading = account.reading(request.now());
        var rows = new VoicemailRows(reading);
        var found = window.calls(account, reading)
                .filter(rows::lists)
                .filter(call -> matches(call, filters))
                .filter(call -> call.facts().client().contains(sought)
                        || call.facts().business().contains(sought))
                .toList();
        var page = reading.listing().voicemails().sort(found).stream()
                .skip(skip)
                .limit(pageSize)
                .map(rows::row)
                .toList();
        var data = new JsonObject().put("voicemails", new JsonArray(page)).put("total", found.size());
        return ApiAnswer.list(new JsonObject().put("data", data).put("isSuccess", true), page);
    }

    ApiAnswer find(ApiRequest request) {
        var rows = new VoicemailRows(account.reading(request.now()));
        return CallsHandler.uuid(request.part("id"))
                .map(VoicemailRows::id)
                .flatMap(account.world()::find)
                .filter(rows::lists)
                .map(call -> ApiAnswer.ok(
                        new JsonObject().put("data", rows.row(call)).put("isSuccess", true)))
                .orElse(ApiAnswer.message(400, "Voicemail not found"));
    }

    /** Only "read" and "unread" narrow; the other words say which members a search looks at. */
    private static boolean matches(SimulatedCall call, List<String> filters) {
        var words = filters.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        var read = call.marks().has(Flag.IS_READ);
        return words.contains("read") == words.contains("unread") || words.contains(read ? "read" : "unread");
    }
}
