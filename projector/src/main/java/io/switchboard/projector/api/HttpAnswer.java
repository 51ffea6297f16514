package io.switchboard.projector.api;

import io.switchboard.http.Problem;
import io.switchboard.projector.api.Answer.Audio;
import io.switchboard.projector.api.Answer.Done;
import io.switchboard.projector.api.Answer.Events;
import io.switchboard.projector.api.Answer.Export;
import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.Answer.Refusal;
import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.query.Timestamps;
import io.switchboard.projector.api.stream.Subscriber;
import io.switchboard.projector.api.table.Freshness;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts answers on the wire, every kind in the same form.
 *
 * @param requestId under which the answer goes out
 * @param masking how the caller sees numbers: part of the entity tag
 */
record HttpAnswer(HttpServerRequest request, String requestId, Masking masking) {

    Future<Void> send(Answer answer) {
        return switch (answer) {
            case Page page -> page(page);
            case Resource resource -> resource(resource);
            case Done done -> done(done);
            case Audio(var recording) -> audio(recording);
            case Export export -> export(export);
            case Events(var subscriber) -> events(subscriber);
            case Refusal refusal -> refusal(refusal);
        };
    }

    private Future<Void> page(Page page) {
        var next = page.next() == null ? null : page.next().encode();
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("data", page.data());
        body.putAll(page.beside());
        var slice = new LinkedHashMap<String, @Nullable Object>();
        slice.put("next", next);
        slice.put("has_more", next != null);
        body.put("page", slice);
        var tagged = Json.encodeToBuffer(body);
        body.put("meta", meta(page.freshness()));
        if (next != null) {
            request.response().putHeader("Link", "<" + nextUrl(next) + ">; rel=\"next\"");
        }
        return content(tagged, Json.encodeToBuffer(body));
    }

    private Future<Void> resource(Resource resource) {
        dated(resource.freshness());
        var body = Json.encodeToBuffer(resource.body());
        return content(body, body);
    }

    private Future<Void> done(Done done) {
        var response = request.response();
        done.headers().forEach(response::putHeader);
        response.setStatusCode(done.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store");
        return end(response, Json.encodeToBuffer(done.body()));
    }

    // The client's pace is the source's: what it does not take is not read, and when it goes away nobody reads on.
    private Future<Void> audio(OpenRecording.Playable recording) {
        var response = request.response();
        recording.headers().forEach(response::putHeader);
        response.setStatusCode(recording.status()).putHeader("Cache-Control", "private, no-store");
        if (request.method().equals(HttpMethod.HEAD)) {
            recording.close();
            return response.end();
        }
        if (!response.headers().contains("Content-Length")) {
            response.setChunked(true);
        }
        return recording.pipeTo(response).compose(done -> response.end()).onFailure(broken -> {
            recording.close();
            var unused = response.reset();
        });
    }

    private Future<Void> export(Export export) {
        if (request.method().equals(HttpMethod.HEAD)) {
            export.calls().close();
            return fileHeaders(export).end();
        }
        return export.calls()
                .first()
                .compose(
                        first -> {
                            var response = fileHeaders(export).setChunked(true);
                            return export.calls().sendTo(response, first).compose(sent -> response.end());
                        },
                        unread -> {
                            export.calls().close();
                            return request.response().closed()
                                    ? Future.failedFuture(unread)
                                    : refusal(ReadFailure.classify(unread));
                        })
                .onFailure(broken -> {
                    // Without the last chunk: the client hears that its file is not whole.
                    var unused = request.response().reset();
                });
    }

    private HttpServerResponse fileHeaders(Export export) {
        var format = export.calls().format();
        dated(export.freshness());
        return request.response()
                .putHeader("Content-Type", format.contentType())
                .putHeader("Content-Disposition", "attachment; filename=\"" + format.fileName() + "\"")
                .putHeader("Cache-Control", "private, no-store");
    }

    private void dated(Freshness freshness) {
        var headers = request.response().headers();
        if (freshness.asOf() != null) {
            headers.set("Switchboard-As-Of", Timestamps.format(freshness.asOf()));
        }
        if (freshness.completeThrough() != null) {
            headers.set("Switchboard-Complete-Through", Timestamps.format(freshness.completeThrough()));
        }
    }

    // What lies between must pass every event on at once: neither kept, nor gathered, nor squeezed.
    private Future<Void> events(Subscriber subscriber) {
        var response = request.response()
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store, no-transform")
                .putHeader("X-Accel-Buffering", "no");
        if (request.method().equals(HttpMethod.HEAD)) {
            subscriber.close();
            return response.end();
        }
        return subscriber.start(response.setChunked(true));
    }

    private Future<Void> refusal(Refusal refusal) {
        var response = request.response();
        refusal.headers().forEach(response::putHeader);
        response.setStatusCode(refusal.problem().status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store");
        return end(response, Json.encodeToBuffer(refusal.problem().body(requestId)));
    }

    // Vert.x leaves out the body of an answer to HEAD in HTTP/1.1, not in HTTP/2.
    private Future<Void> end(HttpServerResponse response, Buffer body) {
        return request.method().equals(HttpMethod.HEAD)
                ? response.putHeader("Content-Length", Integer.toString(body.length()))
                        .end()
                : response.end(body);
    }

    private Future<Void> content(Buffer tagged, Buffer body) {
        var tag = EntityTag.of(masking, tagged);
        // private, no-cache: may be kept by the client alone, and asked about each time.
        var response = request.response().putHeader("ETag", tag).putHeader("Cache-Control", "private, no-cache");
        response.headers().add("Vary", "Authorization");
        if (EntityTag.matches(request.getHeader("If-None-Match"), tag)) {
            return response.setStatusCode(304).end();
        }
        return end(response.putHeader("Content-Type", "application/json"), body);
    }

    private Map<String, @Nullable Object> meta(Freshness freshness) {
        var meta = new LinkedHashMap<String, @Nullable Object>();
        meta.put("as_of", time(freshness.asOf()));
        meta.put("complete_through", time(freshness.completeThrough()));
        meta.put("request_id", requestId);
        return meta;
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : Timestamps.format(instant);
    }

    /** This request with another cursor, relative to this server: behind a proxy it does not know its own name. */
    private String nextUrl(String cursor) {
        var url = new StringBuilder(request.path()).append('?');
        var query = request.query();
        if (query != null) {
            for (var pair : query.split("&")) {
                if (!pair.isEmpty() && !pair.startsWith("cursor=")) {
                    url.append(uriSafe(pair)).append('&');
                }
            }
        }
        return url.append("cursor=").append(cursor).toString();
    }

    // What a header's URI may not hold is escaped; what the client escaped stays as it is.
    private static String uriSafe(String pair) {
        var safe = new StringBuilder();
        pair.codePoints().forEach(point -> {
            var text = Character.toString(point);
            safe.append(
                    point > ' ' && point < 0x7f && "<>\"\\^`{|}".indexOf(point) < 0
                            ? text
                            : URLEncoder.encode(text, StandardCharsets.UTF_8));
        });
        return safe.toString();
    }
}
