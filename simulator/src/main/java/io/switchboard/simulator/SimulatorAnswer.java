package io.switchboard.simulator;

import io.switchboard.call.Call;
import io.switchboard.simulator.delivery.Dispatcher.UrlState;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.world.Delivery;
import io.switchboard.simulator.world.Delivery.Copy;
import io.switchboard.simulator.world.Delivery.Fate;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.SimulatedEvent;
import io.switchboard.simulator.world.TextMessage;
import io.switchboard.simulator.world.TextMessage.Way;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;

/** The JSON of the control API. */
final class SimulatorAnswer {
    private SimulatorAnswer() {}

    static JsonObject about() {
        return new JsonObject()
                .put("service", "switchboard-simulator")
                .put("what", "a MightyCall account: webhooks and REST API")
                .put(
                        "paths",
                        new JsonArray()
                                .add("GET /simulator/calls")
                                .add("GET /simulator/calls/{id}")
                                .add("POST /simulator/calls")
                                .add("POST /simulator/texts")
                                .add("GET /simulator/stats")
                                .add("GET /simulator/settings")
                                .add("PUT /simulator/settings")
                                .add("POST /v4/auth/token")
                                .add("GET /v4/api/…")
                                .add("GET /v4/sdk/mightycall.webphone.sdk.js"))
                .put("kinds", new JsonArray(CallKind.words()));
    }

    static JsonObject call(SimulatedCall call) {
        var script = call.script();
        return new JsonObject()
                .put("id", script.id().toString())
                .put("kind", script.kind().word())
                .put("direction", Call.word(script.kind().direction()))
                .put("expected_outcome", Call.word(script.kind().outcome()))
                .put("from", script.from())
                .put("to", script.to())
                .put("started_at", call.codec().timestamp(call.startedAt()))
                .put("ends_at", call.codec().timestamp(call.endsAt()))
                .put(
                        "events",
                        new JsonArray(call.events().stream()
                                .map(SimulatorAnswer::event)
                                .toList()));
    }

    private static JsonObject event(SimulatedEvent event) {
        var codec = event.call().codec();
        return new JsonObject()
                .put("timestamp", codec.timestamp(event.timestamp()))
                .put("event_type", event.script().name().wire())
                .put("extension", codec.namedExtension(event.script()))
                .put(
                        "deliveries",
                        new JsonArray(event.deliveries().stream()
                                .map(SimulatorAnswer::delivery)
                                .toList()));
    }

    private static JsonObject delivery(Delivery delivery) {
        return new JsonObject()
                .put("url", delivery.url())
                .put("copy", Call.word(delivery.copy()))
                .put("delay_ms", delivery.delay().toMillis())
                .put("fate", Call.word(delivery.fate()))
                .put("status", delivery.status() == 0 ? null : delivery.status())
                .put("attempts", delivery.attempts());
    }

    static JsonObject text(TextMessage text) {
        return new JsonObject()
                .put("id", text.guid().toString())
                .put("journal_id", text.journalId())
                .put("direction", text.way() == Way.INBOUND ? "inbound" : "outbound")
                .put("client", text.client())
                .put("business_number", text.business())
                .put("extension", text.extension())
                .put("text", text.text())
                .put("sent_at", text.startedAt().toString());
    }

    static JsonObject stats(SimulatedAccount account, JsonObject api, Instant now) {
        var world = account.world();
        var dispatcher = account.dispatcher();
        var byKind = new JsonObject();
        world.made().forEach((kind, count) -> byKind.put(kind.word(), count));
        var planned = new JsonObject();
        for (var copy : Copy.values()) {
            planned.put(Call.word(copy), dispatcher.planned(copy));
        }
        return new JsonObject()
                .put("seed", account.seed())
                .put(
                        "calls",
                        new JsonObject()
                                .put(
                                        "made",
                                        world.made().values().stream()
                                                .mapToLong(Long::longValue)
                                                .sum())
                                .put("in_progress", world.inProgress(now))
                                .put("skipped", world.skipped())
                                .put("by_kind", byKind))
                .put("texts", world.textsMade())
                .put("contacts", account.addressBook().size())
                .put("api", api)
                .put(
                        "deliveries",
                        new JsonObject()
                                .put("planned", planned)
                                .put("lost", dispatcher.lost())
                                .put("scheduled", dispatcher.scheduled()))
                .put(
                        "urls",
                        new JsonArray(dispatcher.urls().stream()
                                .map(SimulatorAnswer::url)
                                .toList()));
    }

    private static JsonObject url(UrlState state) {
        var tally = state.tally();
        return new JsonObject()
                .put("url", state.url().toString())
                .put("sent", tally.count(Fate.SENT))
                .put("delivered", tally.count(Fate.DELIVERED))
                .put("retried", tally.count(Fate.RETRYING))
                .put("failed", tally.count(Fate.FAILED))
                .put("dropped", tally.count(Fate.DROPPED))
                .put("outstanding", state.outstanding())
                .put("waiting", state.waiting());
    }

    static JsonObject settings(LiveSettings live) {
        return new JsonObject(new LinkedHashMap<>(live.values()));
    }
}
