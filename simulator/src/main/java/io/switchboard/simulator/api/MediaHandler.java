package io.switchboard.simulator.api;

import io.switchboard.simulator.api.Gate.Visitor;
import io.switchboard.simulator.media.ByteRange;
import io.switchboard.simulator.media.MediaLinks.Target;
import io.switchboard.simulator.media.MediaSettings;
import io.switchboard.simulator.media.MediaSettings.Auth;
import io.switchboard.simulator.media.Picture;
import io.switchboard.simulator.media.Tone;
import io.switchboard.simulator.rows.VoicemailRows;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.TextMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Serves recordings, whole or in part (RFC 9110 section 14). They do not count as requests of the API. */
final class MediaHandler {
    private static final String DENIED = "Authorization has been denied for this request.\n";
    private static final String EXPIRED =
            "<!DOCTYPE html><html><head><title>MightyCall</title></head><body>This link has expired.</body></html>\n";

    private final ApiAccount account;
    private final Gate gate;
    private final InstantSource clock;

    MediaHandler(ApiAccount account, Gate gate, InstantSource clock) {
        this.account = account;
        this.gate = gate;
        this.clock = clock;
    }

    void mount(Router router) {
        router.get("/Mightycall/Files/mms/:id").handler(this::picture);
        router.get("/Mightycall/Files/*").handler(this::serve);
        router.head("/Mightycall/Files/*").handler(this::serve);
    }

    private void picture(RoutingContext context) {
        var found = account.world()
                .journal(context.pathParam("id"))
                .filter(row -> row instanceof TextMessage text && text.attachment() != null);
        if (refused(context, clock.instant())) {
            end(context, 401, "text/plain", Buffer.buffer(DENIED));
        } else if (found.isEmpty()) {
            notFound(context);
        } else {
            end(context, 200, Picture.TYPE, Buffer.buffer(Picture.png()));
        }
    }

    private boolean refused(RoutingContext context, Instant now) {
        var visitor = new Visitor(ApiServer.header(context, "x-api-key"), ApiServer.bearer(context));
        return account.apiSettings().media().auth() == Auth.BEARER
                && !gate.authorized(visitor, account.apiSettings().access(), now);
    }

    private void serve(RoutingContext context) {
        var now = clock.instant();
        var settings = account.apiSettings().media();
        if (refused(context, now)) {
            end(context, 401, "text/plain", Buffer.buffer(DENIED));
            return;
        }
        switch (target(context, now).orElse(null)) {
            case null -> notFound(context);
            // seen in the wild: an expired link is answered like a page
            case Target.Expired expired -> end(context, 200, "text/html; charset=utf-8", Buffer.buffer(EXPIRED));
            case Target.Live live ->
                account.world()
                        .find(live.call())
                        .map(call -> file(call, settings))
                        .ifPresentOrElse(file -> send(context, file, settings), () -> notFound(context));
        }
    }

    private Optional<Target> target(RoutingContext context, Instant now) {
        var query = context.queryParams();
        return Optional.ofNullable(query.get("recordid"))
                .or(() -> Optional.ofNullable(query.get("vmrecordid")))
                .flatMap(opaque -> account.reading(now).links().target(opaque, now));
    }

    /** As long as the conversation, or as long as files are at most. */
    private static Buffer file(SimulatedCall call, MediaSettings settings) {
        var answered = call.facts().answeredAt();
        var length = answered == null ? VoicemailRows.length(call) : Duration.between(answered, call.endsAt());
        var shown = length.compareTo(settings.longest()) > 0 ? settings.longest() : length;
        return Buffer.buffer(Tone.wav(call.guid(), shown));
    }

    private static void send(RoutingContext context, Buffer file, MediaSettings settings) {
        var type = settings.type().text();
        context.response().putHeader("Accept-Ranges", "bytes");
        switch (ByteRange.of(context.request().getHeader("Range"), file.length())) {
            case ByteRange.Whole whole -> end(context, 200, type, file);
            case ByteRange.Part part -> {
                context.response().putHeader("Content-Range", part.header(file.length()));
                end(context, 206, type, file.getBuffer(part.first(), part.last() + 1));
            }
            case ByteRange.Unsatisfiable none -> {
                context.response().putHeader("Content-Range", "bytes */" + file.length());
                end(context, 416, "text/plain", Buffer.buffer());
            }
        }
    }

    private static void notFound(RoutingContext context) {
        end(context, 404, "text/html; charset=utf-8", Buffer.buffer("<html><body>Not found</body></html>\n"));
    }

    private static void end(RoutingContext context, int status, String type, Buffer body) {
        var response = context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Content-Length", Integer.toString(body.length()));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
