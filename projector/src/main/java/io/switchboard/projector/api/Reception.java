package io.switchboard.projector.api;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.access.Principal;
import io.switchboard.projector.api.query.QueryParameters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives requests: gives each its id, finds its route, sends it through the {@link Gate}, and turns whatever fails into
 * a problem. In this order, so that a caller without a token learns which paths exist (they are documented) and
 * nothing else.
 */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final int LONGEST_ID = 128;
    private static final String ROUTE = "switchboard.route";
    private static final String BODY = "switchboard.body";
    private static final String REQUEST_ID = "switchboard.request-id";
    private static final int[] ROUTER_ERRORS = {400, 404, 405, 406, 413, 414, 415, 431, 500};

    private final Gate gate;
    private final CrossOrigin crossOrigin;
    private final ApiMetrics metrics;
    private final List<ApiRoute> routes;

    Reception(Gate gate, CrossOrigin crossOrigin, ApiMetrics metrics, List<ApiRoute> routes) {
        this.gate = gate;
        this.crossOrigin = crossOrigin;
        this.metrics = metrics;
        this.routes = List.copyOf(routes);
    }

    /** A router over the routes; one per event loop. */
    Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.route().handler(this::open);
        for (var atPath : routesByPath().values()) {
            router.route(atPath.getFirst().pattern()).handler(context -> enter(context, atPath));
        }
        router.route().handler(context -> refuse(context, Refusals.noSuchPath()));
        for (var status : ROUTER_ERRORS) {
            router.errorHandler(status, context -> routerFailed(context, status));
        }
        return router;
    }

    /** Answers what is not HTTP, or too much of it; the connection ends with it. */
    void unreadable(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        var refusal = switch (cause) {
            case TooLongHttpLineException e -> Refusals.badRequest(414, "The URL is too long.");
            case TooLongHttpHeaderException e -> Refusals.badRequest(431, "The headers are too long.");
            case null, default -> Refusals.badRequest(400, "This is not HTTP as RFC 9112 describes it.");
        };
        var id = RequestId.of(null);
        request.response().putHeader(RequestId.HEADER, id).putHeader("Connection", "close");
        metrics.record(ApiMetrics.UNMATCHED, refusal.problem().status(), Duration.ZERO);
        new HttpAnswer(request, id, Masking.MASKED)
                .send(refusal)
                .onComplete(sent -> request.connection().close());
    }

    private void open(RoutingContext context) {
        var began = System.nanoTime();
        var id = RequestId.of(context.request().getHeader(RequestId.HEADER));
        context.put(REQUEST_ID, id);
        context.response()
                .putHeader(RequestId.HEADER, id)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("Referrer-Policy", "no-referrer");
        context.addEndHandler(ended -> metrics.record(
                context.get(ROUTE, ApiMetrics.UNMATCHED),
                context.response().getStatusCode(),
                Duration.ofNanos(System.nanoTime() - began)));
        if (!crossOrigin.answered(context.request())) {
            context.next();
        }
    }

    private Map<String, List<ApiRoute>> routesByPath() {
        return routes.stream()
                .collect(Collectors.groupingBy(ApiRoute::path, LinkedHashMap::new, Collectors.toUnmodifiableList()));
    }

    // The router takes /v1/contacts/ and /v1/contacts/. for /v1/contacts: whoever lost an id would get everything.
    private void enter(RoutingContext context, List<ApiRoute> atPath) {
        if (parts(context.request().path()) != parts(atPath.getFirst().path())) {
            refuse(context, Refusals.noSuchPath());
            return;
        }
        context.put(ROUTE, atPath.getFirst().path());
        var given = context.request().method();
        var method = given.equals(HttpMethod.HEAD) ? HttpMethod.GET : given;
        var route = atPath.stream().filter(one -> one.method().equals(method)).findFirst();
        if (route.isEmpty()) {
            refuse(context, Refusals.methodNotAllowed(allowed(atPath)));
        } else if (route.get().takesBody()) {
            RequestBody.read(context.vertx(), context.request())
                    .onSuccess(body -> check(context.put(BODY, body), route.get()))
                    .onFailure(failure -> bodyFailed(context, failure));
        } else {
            check(context, route.get());
        }
    }

    private static long parts(String path) {
        return path.chars().filter(one -> one == '/').count();
    }

    private static String allowed(List<ApiRoute> atPath) {
        return atPath.stream()
                .map(route -> route.method().equals(HttpMethod.GET)
                        ? "GET, HEAD"
                        : route.method().name())
                .collect(Collectors.joining(", "));
    }

    private static void bodyFailed(RoutingContext context, Throwable failure) {
        if (failure instanceof RequestBody.Unacceptable unacceptable) {
            RequestBody.hangUpAfter(context.vertx(), context.request());
            refuse(context, unacceptable.refusal());
        } // else nobody is there to answer
    }

    private void check(RoutingContext context, ApiRoute route) {
        var permission = route.permission();
        if (permission == null) {
            answer(context, route, null);
            return;
        }
        gate.pass(context, permission, requestId(context)).onSuccess(passage -> {
            switch (passage) {
                case Gate.Admitted(var principal) -> answer(context, route, principal);
                case Gate.Stopped(var refusal) -> refuse(context, refusal);
            }
        });
    }

    private void answer(RoutingContext context, ApiRoute route, @Nullable Principal principal) {
        var id = route.parameter().isEmpty() ? "" : context.pathParam(route.parameter());
        if (id.codePointCount(0, id.length()) > LONGEST_ID || QueryParameters.meansNothing(id)) {
            refuse(
                    context,
                    Refusals.badId(
                            route.parameter(),
                            "at most " + LONGEST_ID + " characters of UTF-8, none of them a control character"));
            return;
        }
        var message = new ApiRequest.Message(
                requestId(context), route.name(), context.request().headers(), context.get(BODY, Buffer.buffer()));
        var request = new ApiRequest(
                principal, id, QueryParameters.parse(context.request().query()), message);
        var masking = principal == null ? Masking.PLAIN : principal.masking();
        Future.succeededFuture(request)
                .compose(route.endpoint()::answer)
                .otherwise(failure -> failed(context, failure))
                .onSuccess(answer -> send(context, masking, answer));
    }

    private static Answer.Refusal failed(RoutingContext context, Throwable failure) {
        var refusal = ReadFailure.classify(failure);
        LOG.warn(
                "request {} answered {}: {}",
                requestId(context),
                refusal.problem().status(),
                ReadFailure.describe(failure));
        return refusal;
    }

    // What the router itself refuses: paths it cannot decode, and failures nobody foresaw.
    private void routerFailed(RoutingContext context, int status) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        var undecodable = QueryParameters.undecodable(context.request().query());
        if (status == 404) {
            refuse(context, Refusals.noSuchPath());
        } else if (status == 400 && undecodable.isPresent()) {
            refuse(context, new Answer.Refusal(undecodable.get()));
        } else if (status < 500) {
            refuse(context, Refusals.badRequest(status, "The request cannot be read: check its path and headers."));
        } else {
            var failure = context.failure();
            refuse(context, failure == null ? Refusals.internal() : failed(context, failure));
        }
    }

    private static void refuse(RoutingContext context, Answer.Refusal refusal) {
        send(context, Masking.MASKED, refusal);
    }

    private static void send(RoutingContext context, Masking masking, Answer answer) {
        switch (answer) {
            case Answer.Audio(var recording) -> context.addEndHandler(ended -> recording.close());
            case Answer.Export(var calls, var freshness) -> context.addEndHandler(ended -> calls.close());
            default -> {}
        }
        if (answer instanceof Answer.Events(var subscriber)) {
            context.addEndHandler(ended -> subscriber.close());
        }
        new HttpAnswer(context.request(), requestId(context), masking)
                .send(answer)
                .onFailure(failure -> LOG.debug("the client of request {} went away", requestId(context)));
    }

    private static String requestId(RoutingContext context) {
        return context.get(REQUEST_ID, "unknown");
    }
}
