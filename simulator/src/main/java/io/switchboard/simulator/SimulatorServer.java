package io.switchboard.simulator;

import io.switchboard.http.Problem;
import io.switchboard.http.Problem.Fault;
import io.switchboard.runtime.InvalidSettings;
import io.switchboard.simulator.api.ApiServer;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.world.TextMessage.Way;
import io.switchboard.simulator.world.World;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The one port: the REST API of the provider, and the control API: what was made, what became of it, and the switches. */
final class SimulatorServer {
    private static final int BODY_LIMIT = 64 * 1024;
    private static final int MOST_CALLS_PER_ANSWER = World.MOST_CALLS;
    private static final int USUAL_CALLS_PER_ANSWER = 100;

    private static final Map<String, Way> WAYS = Map.of("inbound", Way.INBOUND, "outbound", Way.OUTBOUND);

    private final Vertx vertx;
    private final SimulatedAccount account;
    private final ApiServer api;

    SimulatorServer(Vertx vertx, SimulatedAccount account, ApiServer api) {
        this.vertx = vertx;
        this.account = account;
        this.api = api;
    }

    Router router() {
        var router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        router.get("/").handler(context -> answer(context, 200, SimulatorAnswer.about()));
        router.get("/simulator/calls").handler(this::listCalls);
        router.get("/simulator/calls/:id").handler(this::findCall);
        router.post("/simulator/calls").handler(this::makeCall);
        router.get("/simulator/stats")
                .handler(context -> answer(context, 200, SimulatorAnswer.stats(account, api.stats(), Instant.now())));
        router.get("/simulator/settings")
                .handler(context -> answer(context, 200, SimulatorAnswer.settings(account.live())));
        router.put("/simulator/settings").handler(this::changeSettings);
        router.post("/simulator/texts").handler(this::makeText);
        api.mount(router);
        for (var status : List.of(400, 404, 405, 413, 500)) {
            router.errorHandler(status, context -> refuse(context, unhandled(status)));
        }
        return router;
    }

    private void listCalls(RoutingContext context) {
        var unknown = context.queryParams().names().stream()
                .filter(name -> !Set.of("limit", "skip", "kind").contains(name))
                .map(name -> new Fault(name, "is not a parameter; there are limit, skip, kind"))
                .toList();
        var limit = whole(context, "limit", USUAL_CALLS_PER_ANSWER, MOST_CALLS_PER_ANSWER);
        var skip = whole(context, "skip", 0, Integer.MAX_VALUE);
        var word = Optional.ofNullable(context.queryParams().get("kind"));
        var kind = word.flatMap(CallKind::of);
        if (!unknown.isEmpty()) {
            refuse(context, invalid(unknown));
        } else if (limit < 0) {
            refuse(context, invalid("limit", "takes a whole number from 0 to " + MOST_CALLS_PER_ANSWER));
        } else if (skip < 0) {
            refuse(context, invalid("skip", "takes a whole number from 0"));
        } else if (word.isPresent() && kind.isEmpty()) {
            refuse(context, invalid("kind", kinds()));
        } else {
            var calls = account.world().newestFirst().stream()
                    .filter(call -> kind.isEmpty() || call.script().kind() == kind.get())
                    .skip(skip)
                    .limit(limit)
                    .toList();
            CallListAnswer.write(vertx, context.response(), calls);
        }
    }

    private void findCall(RoutingContext context) {
        uuid(context.pathParam("id"))
                .flatMap(id -> account.world().find(id))
                .ifPresentOrElse(
                        call -> answer(context, 200, SimulatorAnswer.call(call)),
                        () -> refuse(context, Problem.of(404, "not-found", "Not found", "no such call is remembered")));
    }

    private void makeCall(RoutingContext context) {
        var body = body(context);
        if (body.isEmpty() || !body.get().fieldNames().equals(Set.of("kind"))) {
            refuse(
                    context,
                    invalid("body", "takes a JSON object with the member kind, such as {\"kind\":\"answered\"}"));
            return;
        }
        var kind = body.get().getValue("kind") instanceof String word ? CallKind.of(word) : Optional.<CallKind>empty();
        if (kind.isEmpty()) {
            refuse(context, invalid("kind", kinds()));
            return;
        }
        account.order(kind.get(), Instant.now())
                .ifPresentOrElse(
                        call -> {
                            context.response()
                                    .putHeader(
                                            "Location",
                                            "/simulator/calls/" + call.script().id());
                            answer(context, 201, SimulatorAnswer.call(call));
                        },
                        () -> refuse(
                                context,
                                Problem.of(
                                        503, "queue-full", "Queue full", "too many deliveries wait; try again later")));
    }

    private void makeText(RoutingContext context) {
        var body = body(context).filter(json -> WAYS.containsKey(String.valueOf(json.getValue("direction"))));
        if (body.isEmpty()
                || !Set.of("direction", "text").containsAll(body.get().fieldNames())) {
            refuse(
                    context,
                    invalid("body", "takes a JSON object such as {\"direction\":\"inbound\",\"text\":\"Hello\"}"));
            return;
        }
        var way = WAYS.getOrDefault(body.get().getString("direction"), Way.INBOUND);
        var text = account.text(way, String.valueOf(body.get().getValue("text", "Hello")), Instant.now());
        answer(context, 201, SimulatorAnswer.text(text));
    }

    private void changeSettings(RoutingContext context) {
        var body = body(context);
        if (body.isEmpty()) {
            refuse(context, invalid("body", "takes a JSON object of settings, such as {\"calls_per_minute\":30}"));
            return;
        }
        try {
            account.change(SettingsChange.apply(body.get().getMap(), account.live()));
            answer(context, 200, SimulatorAnswer.settings(account.live()));
        } catch (InvalidSettings e) {
            refuse(context, invalid(SettingsChange.faults(e)));
        }
    }

    /** The body when it is a JSON object. */
    private static Optional<JsonObject> body(RoutingContext context) {
        try {
            var buffer = context.body().buffer();
            return Json.decodeValue(buffer == null ? Buffer.buffer() : buffer) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    /** The number a parameter holds, −1 when it is none or too large. */
    private static int whole(RoutingContext context, String name, int fallback, int most) {
        var text = context.queryParams().get(name);
        if (text == null) {
            return fallback;
        }
        try {
            var value = Integer.parseInt(text);
            return value <= most ? value : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String kinds() {
        return "takes one of " + String.join(", ", CallKind.words());
    }

    private static Problem invalid(String parameter, String detail) {
        return invalid(List.of(new Fault(parameter, detail)));
    }

    private static Problem invalid(List<Fault> faults) {
        var detail = String.join(
                "; ",
                faults.stream()
                        .map(fault -> fault.parameter() + " " + fault.detail())
                        .toList());
        return new Problem(400, "invalid-parameter", "Invalid parameter", detail, faults);
    }

    private static Problem unhandled(int status) {
        return switch (status) {
            case 400 -> Problem.of(400, "bad-request", "Bad request", "the request cannot be read");
            case 404 -> Problem.of(404, "not-found", "Not found", "GET / names what there is");
            case 405 -> Problem.of(405, "method-not-allowed", "Method not allowed", "GET / names what there is");
            case 413 -> Problem.of(413, "too-large", "Too large", "a body has at most " + BODY_LIMIT + " bytes");
            default -> Problem.of(500, "internal", "Internal error", "the simulator's log says why");
        };
    }

    private static void refuse(RoutingContext context, Problem problem) {
        context.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(Json.encodeToBuffer(problem.body(UUID.randomUUID().toString())));
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer().appendString("\n"));
    }
}
