package io.switchboard.simulator.api;

import io.switchboard.simulator.access.Tokens;
import io.switchboard.simulator.api.Endpoint.Access;
import io.switchboard.simulator.api.Gate.Visitor;
import io.switchboard.simulator.api.TokenHandler.Credentials;
import io.switchboard.simulator.api.Verdict.Ending;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The REST API's routes: each request passes the gate, then its handler, and the answer is written with its faults. */
public final class ApiServer {
    private static final List<String> BASES = List.of("/v4/api", "/api/v3");
    private static final List<String> TOKEN_PATHS =
            List.of("/v4/auth/token", "/v4/api/auth/token", "/api/v3/auth/token", "/api/auth/token");

    private static final Endpoint TOKEN = new Endpoint(
            HttpMethod.POST, "/auth/token", Access.SIGN_IN, request -> ApiAnswer.message(500, "not reached"));

    private static final Endpoint UNKNOWN = new Endpoint(
            HttpMethod.GET,
            "/…",
            Access.OPEN,
            request -> ApiAnswer.message(404, "No HTTP resource was found that matches the request URI."));

    private final Vertx vertx;
    private final ApiAccount account;
    private final InstantSource clock;
    private final Gate gate;
    private final TokenHandler tokenHandler;
    private final SplittableRandom drift;

    /** @param random of tokens and faults */
    public ApiServer(Vertx vertx, ApiAccount account, Keys keys, InstantSource clock, SplittableRandom random) {
        this.vertx = vertx;
        this.account = account;
        this.clock = clock;
        var tokens = new Tokens(random.split());
        this.gate = new Gate(tokens, keys.apiKey(), random.split());
        this.tokenHandler = new TokenHandler(tokens, new Credentials(keys.apiKey(), keys.userKey()), account);
        this.drift = random.split();
    }

    /** What the account's user signs in with. */
    public record Keys(String apiKey, String userKey) {}

    /** Adds the routes; bodies have been read before. */
    public void mount(Router router) {
        for (var path : TOKEN_PATHS) {
            router.post(path).handler(context -> serve(context, TOKEN));
        }
        for (var base : BASES) {
            for (var endpoint : Endpoints.of(account)) {
                router.route(endpoint.method(), base + endpoint.path()).handler(context -> serve(context, endpoint));
            }
            router.route(base + "/*").handler(context -> serve(context, UNKNOWN));
        }
        new MediaHandler(account, gate, clock).mount(router);
        WebPhoneHandler.mount(router);
    }

    /** Requests by method and path, the window they are counted in, and what went wrong. */
    public JsonObject stats() {
        return gate.stats(account.apiSettings().access());
    }

    private void serve(RoutingContext context, Endpoint endpoint) {
        var settings = account.apiSettings();
        var verdict = gate.judge(endpoint, visitor(context, endpoint), settings, clock.instant());
        if (verdict.delay().isZero()) {
            answer(context, endpoint, verdict);
        } else {
            vertx.setTimer(verdict.delay().toMillis(), timer -> answer(context, endpoint, verdict));
        }
    }

    private void answer(RoutingContext context, Endpoint endpoint, Verdict verdict) {
        if (context.response().closed()) {
            return; // the client would not wait
        }
        if (verdict.ending() == Ending.RESET) {
            context.request().connection().close();
            return;
        }
        var now = clock.instant();
        var answer = verdict.refusal().orElseGet(() -> handled(context, endpoint, verdict, now));
        Drift.apply(answer.rows(), verdict.drift(), drift);
        var page = answer.body() instanceof String;
        var text = page ? Buffer.buffer(answer.body().toString()) : Json.encodeToBuffer(answer.body());
        context.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", page ? "text/html" : "application/json; charset=utf-8")
                .end(verdict.whole() ? text : text.getBuffer(0, (int) (text.length() * verdict.cutAt())));
    }

    private ApiAnswer handled(RoutingContext context, Endpoint endpoint, Verdict verdict, Instant now) {
        if (endpoint.access() == Access.SIGN_IN) {
            return tokenHandler.answer(form(context), header(context, "x-api-key"), now);
        }
        var request = request(context, now);
        if (verdict.shift() && isLaterPage(request.query())) {
            account.slipIn(now);
            gate.noteShift();
        }
        return endpoint.handler().apply(request);
    }

    private static boolean isLaterPage(Parameters query) {
        return query.text("skip").filter(skip -> !skip.equals("0")).isPresent()
                || query.text("page").filter(page -> !page.equals("1")).isPresent();
    }

    private Visitor visitor(RoutingContext context, Endpoint endpoint) {
        var key = header(context, "x-api-key");
        var named = endpoint.access() == Access.SIGN_IN
                ? key.or(() -> Optional.ofNullable(form(context).get("client_id")))
                : key;
        return new Visitor(named, bearer(context));
    }

    static Optional<String> bearer(RoutingContext context) {
        return header(context, "Authorization")
                .filter(text -> text.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(text -> text.substring(7).strip());
    }

    static Optional<String> header(RoutingContext context, String name) {
        return Optional.ofNullable(context.request().getHeader(name)).map(String::strip);
    }

    /** The fields of a form, or of a JSON object where those are accepted. */
    private Map<String, String> form(RoutingContext context) {
        var fields = new HashMap<String, String>();
        context.request().formAttributes().forEach(field -> fields.putIfAbsent(field.getKey(), field.getValue()));
        if (fields.isEmpty() && account.apiSettings().access().jsonToken().on()) {
            var request = request(context, clock.instant());
            request.json()
                    .ifPresent(json ->
                            json.forEach(member -> fields.put(member.getKey(), String.valueOf(member.getValue()))));
        }
        return fields;
    }

    private static ApiRequest request(RoutingContext context, Instant now) {
        var values = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        add(values, context.queryParams());
        add(values, context.request().formAttributes());
        var body = context.body().buffer();
        return new ApiRequest(
                new Parameters(values), context.pathParams(), (body == null ? Buffer.buffer() : body).toString(), now);
    }

    private static void add(Map<String, List<String>> values, MultiMap parameters) {
        parameters.forEach(parameter -> values.computeIfAbsent(parameter.getKey(), name -> new ArrayList<>())
                .add(parameter.getValue()));
    }
}
