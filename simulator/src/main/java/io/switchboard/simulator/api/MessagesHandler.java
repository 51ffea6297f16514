package io.switchboard.simulator.api;

import io.switchboard.simulator.rows.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** {@code POST /messages/send}: a text message to somebody outside. */
final class MessagesHandler {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ApiAccount account;
    private final Deque<Instant> sent = new ArrayDeque<>();

    MessagesHandler(ApiAccount account) {
        this.account = account;
    }

    ApiAnswer send(ApiRequest request) {
        var body = request.json().orElse(new JsonObject());
        var from = ApiRequest.text(body, "from");
        var to = recipients(body);
        if (from.isEmpty()) {
            return ApiAnswer.invalid(Map.of("from", "Source phone number is required."));
        }
        if (to.isEmpty()) {
            return ApiAnswer.invalid(Map.of("to", "Destination phone number is required."));
        }
        var conduct = account.apiSettings().conduct();
        return switch (conduct.sending()) {
            case FORBIDDEN -> ApiAnswer.message(403, "Failed to send message.");
            case ERRORS -> unverified();
            case SENT ->
                account.staff().businessNumbers().contains(from.get())
                        ? send(from.get(), to, request, conduct.messagesPerMinute())
                        : ApiAnswer.message(403, "Failed to send message.");
        };
    }

    private ApiAnswer send(String from, List<String> to, ApiRequest request, int mostPerMinute) {
        var now = request.now();
        sent.removeIf(time -> !time.isAfter(now.minus(MINUTE)));
        if (sent.size() >= mostPerMinute) {
            var free = sent.isEmpty() ? now.plus(MINUTE) : sent.getFirst().plus(MINUTE);
            var retryAt = Times.bare(free.plusSeconds(1)) + ".0000000";
            return ApiAnswer.message(429, "Too many requests. Retry after " + retryAt + " UTC");
        }
        sent.addLast(now);
        var text =
                request.json().flatMap(body -> ApiRequest.text(body, "message")).orElse("");
        var ids = to.stream()
                .map(client -> account.send(from, client, text, now).guid().toString())
                .toList();
        return ApiAnswer.ok(new JsonObject()
                .put("message", "SMS message sent successfully.")
                .put("id", ids.getFirst())
                .put("sourcePhoneNumber", from)
                .put("destinationPhoneNumbers", new JsonArray(to))
                .put("sendTime", Times.bare(now))
                .putNull("attachments"));
    }

    private static ApiAnswer unverified() {
        var error = new JsonObject()
                .put("code", "NumberNotVerified")
                .put("message", "Source number is not verified for messaging.");
        return ApiAnswer.ok(
                new JsonObject().put("message", "").putNull("id").put("errors", new JsonArray().add(error)));
    }

    private static List<String> recipients(JsonObject body) {
        return body.getValue("to") instanceof JsonArray array
                ? array.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : ApiRequest.text(body, "to").map(List::of).orElse(List.of());
    }
}
