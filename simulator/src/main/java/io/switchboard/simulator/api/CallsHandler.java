package io.switchboard.simulator.api;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.simulator.rows.CallRows;
import io.switchboard.simulator.rows.ListingSettings.Scope;
import io.switchboard.simulator.rows.ListingSettings.WindowOn;
import io.switchboard.simulator.rows.Reading;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.world.SimulatedCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code /calls}: pages by {@code skip} and {@code pageSize}; {@code page} means nothing here. */
final class CallsHandler {
    private static final List<String> FILTERS = List.of(
            "Incoming",
            "Outgoing",
            "InOutgoing",
            "Connected",
            "Missed",
            "Canceled",
            "Dropped",
            "Voicemail",
            "InternalOnly",
            "CallbackWidget");

    private static final Pattern FROM = Pattern.compile("^\\+?(?:[0-9] ?){6,14}[0-9]$");
    private static final Pattern TO = Pattern.compile("^\\+?(?:[0-9] ?){2,15}$");

    /** No call is longer; what begins earlier than that before a window cannot end in it. */
    private static final Duration LONGEST_CALL = Duration.ofHours(3);

    private final ApiAccount account;

    CallsHandler(ApiAccount account) {
        this.account = account;
    }

    ApiAnswer list(ApiRequest request) {
        var query = request.query();
        var pageSize = query.whole("pageSize", 10, 1);
        var skip = query.whole("skip", 0, 0);
        var window = Window.of(query, request.now());
        var kinds = query.words("callFilter", FILTERS);
        if (!query.faults().isEmpty()) {
            return ApiAnswer.invalid(query.faults());
        }
        var reading = account.reading(request.now());
        var wanted = query.text("customFilter")
                .map(text -> says(text, reading))
                .orElse(call -> true)
                .and(query.text("extension").map(CallsHandler::has).orElse(call -> true))
                .and(call -> matches(call, kinds));
        var calls = reading.listing()
                .calls()
                .sort(calls(reading, window).filter(wanted).toList());
        var rows = new CallRows(reading);
        var page = calls.stream().skip(skip).limit(pageSize).map(rows::row).toList();
        var data = new JsonObject().put("calls", new JsonArray(page)).put("total", calls.size());
        return ApiAnswer.list(new JsonObject().put("data", data).put("isSuccess", true), page);
    }

    ApiAnswer find(ApiRequest request) {
        var reading = account.reading(request.now());
        var rows = new CallRows(reading);
        return uuid(request.part("id"))
                .flatMap(account.world()::find)
                .filter(reading::lists)
                .map(call -> ApiAnswer.ok(rows.wrapped(rows.row(call))))
                .orElse(ApiAnswer.message(400, "Call not found"));
    }

    ApiAnswer make(ApiRequest request) {
        var body = request.json().orElse(new JsonObject());
        var from = ApiRequest.text(body, "from")
                .or(() -> request.query().text("from"))
                .orElse("");
        var to =
                ApiRequest.text(body, "to").or(() -> request.query().text("to")).orElse("");
        var faults = new HashMap<String, String>();
        if (!FROM.matcher(from).matches()) {
            faults.put("model.From", "Invalid phone number format.");
        }
        if (!TO.matcher(to).matches()) {
            faults.put("model.To", "Invalid phone number format.");
        }
        if (!faults.isEmpty()) {
            return ApiAnswer.invalid(Map.copyOf(faults));
        }
        var rows = new CallRows(account.reading(request.now()));
        return account.dial(from.replace(" ", ""), to.replace(" ", ""), request.now())
                .map(call -> ApiAnswer.ok(rows.wrapped(rows.ordered(call))))
                .orElse(ApiAnswer.message(500, "An error has occurred."));
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The times asked for, by default the last day. */
    record Window(Instant start, Instant end) {
        static Window of(Parameters query, Instant now) {
            return new Window(query.time("startUtc", now.minus(Duration.ofDays(1))), query.time("endUtc", now));
        }

        /** The calls in a window that are listed by now. */
        Stream<SimulatedCall> calls(ApiAccount account, Reading reading) {
            var listing = reading.listing();
            var onEnd = listing.windowOn() == WindowOn.END;
            return account.world()
                    .callsBegun(onEnd ? start.minus(LONGEST_CALL) : start, end)
                    .filter(call -> listing.bounds().hold(onEnd ? call.endsAt() : call.startedAt(), start, end));
        }
    }

    private Stream<SimulatedCall> calls(Reading reading, Window window) {
        var own = reading.staff().owner().extension();
        return window.calls(account, reading)
                .filter(reading::lists)
                .filter(call -> reading.listing().scope() == Scope.ACCOUNT
                        || call.script().extensions().contains(own));
    }

    private static Predicate<SimulatedCall> has(String extension) {
        return call -> call.script().extensions().contains(extension);
    }

    /** Whether a call's numbers or people contain the text. */
    private static Predicate<SimulatedCall> says(String text, Reading reading) {
        var sought = text.toLowerCase(Locale.ROOT);
        return call -> call.facts().client().toLowerCase(Locale.ROOT).contains(sought)
                || call.facts().business().contains(sought)
                || call.facts().parts().stream()
                        .flatMap(part -> reading.staff().find(part.extension()).stream())
                        .anyMatch(person ->
                                person.fullName().toLowerCase(Locale.ROOT).contains(sought));
    }

    /** Directions widen each other, outcomes widen each other, both together narrow. */
    private static boolean matches(SimulatedCall call, List<String> filters) {
        var ways = filters.stream()
                .map(CallsHandler::way)
                .flatMap(Optional::stream)
                .toList();
        var ends = filters.stream()
                .map(CallsHandler::end)
                .flatMap(Optional::stream)
                .toList();
        return (ways.isEmpty() || ways.stream().anyMatch(way -> way.test(call)))
                && (ends.isEmpty() || ends.stream().anyMatch(end -> end.test(call)));
    }

    private static Optional<Predicate<SimulatedCall>> way(String filter) {
        return switch (filter.toLowerCase(Locale.ROOT)) {
            case "incoming" -> Optional.of(call -> goes(call, Direction.INBOUND));
            case "outgoing" -> Optional.of(call -> goes(call, Direction.OUTBOUND) || goes(call, Direction.CALLBACK));
            case "inoutgoing" -> Optional.of(call -> !goes(call, Direction.INTERNAL));
            case "internalonly" -> Optional.of(call -> goes(call, Direction.INTERNAL));
            case "callbackwidget" -> Optional.of(call -> call.script().kind() == CallKind.WIDGET);
            default -> Optional.empty();
        };
    }

    private static Optional<Predicate<SimulatedCall>> end(String filter) {
        return switch (filter.toLowerCase(Locale.ROOT)) {
            case "connected" -> Optional.of(call -> came(call, Outcome.ANSWERED));
            case "missed" -> Optional.of(call -> came(call, Outcome.MISSED));
            case "canceled" -> Optional.of(call -> came(call, Outcome.UNANSWERED));
            case "dropped" -> Optional.of(call -> came(call, Outcome.DROPPED));
            case "voicemail" -> Optional.of(call -> came(call, Outcome.VOICEMAIL));
            default -> Optional.empty();
        };
    }

    private static boolean goes(SimulatedCall call, Direction direction) {
        return call.script().kind().direction() == direction;
    }

    private static boolean came(SimulatedCall call, Outcome outcome) {
        return call.script().kind().recorded() == outcome;
    }
}
