package io.switchboard.gateway;

import io.switchboard.event.Envelope;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.gateway.GatewayMetrics.Outcome;
import io.switchboard.gateway.GatewaySettings.Sender;
import io.switchboard.kafka.TraceContext;
import io.switchboard.mightycall.ScannedDelivery;
import io.switchboard.mightycall.ScannedEvent;
import io.switchboard.mightycall.WebhookScanner;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers MightyCall. Owned by one event loop.
 *
 * <p><b>Theory of operation.</b> A delivery goes through five steps, none of which blocks:
 *
 * <ol>
 *   <li><i>authenticate</i>: the token in the path, in constant time. A wrong one costs the sender as much as a right one:
 *       the body is read and thrown away, and the answer is that of an unknown path;
 *   <li><i>read</i> the body, counted while it streams ({@link BodyReader});
 *   <li><i>scan</i> it ({@link WebhookScanner}): overwrite the {@code ApiKey}, cut it into events, find what names an event
 *       and files it. Meaning is the projector's business: what cannot be read is filed in quarantine, not refused;
 *   <li><i>append</i> each event ({@link DurableLog}): to Kafka or, when the brokers are silent, to the spool;
 *   <li><i>answer</i>, after all of them are durable. One event that could not be made durable makes the answer 503, and the
 *       provider may send the whole delivery again: the same events then have the same ids.
 * </ol>
 *
 * <p>The provider's retries are undocumented, so the only answers that can lose something are 503 and 413; everything
 * authentic that fits is answered 2xx.
 */
public final class WebhookHandler implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookHandler.class);
    private static final int MAX_CONTENT_TYPE_LENGTH = 200;

    private final WebhookTokens tokens;
    private final WebhookScanner scanner = new WebhookScanner();
    private final DurableLog log;
    private final BodyReader bodies;
    private final GatewayMetrics metrics;
    private final Clock clock;

    WebhookHandler(GatewaySettings settings, DurableLog log, BodyReader bodies, GatewayMetrics metrics, Clock clock) {
        this.tokens = new WebhookTokens(settings.senders());
        this.log = log;
        this.bodies = bodies;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void handle(HttpServerRequest request) {
        var exchange = new Exchange(request, metrics);
        var sender = tokens.sender(request.path());
        if (!request.method().equals(HttpMethod.POST)) {
            if (sender.isPresent() && isProbe(request.method())) {
                exchange.answer(Outcome.VALIDATED, WebhookAnswer.VALIDATED);
            } else {
                exchange.notFound();
            }
            return;
        }
        bodies.read(exchange, body -> {
            if (sender.isPresent()) {
                acceptSafely(exchange, sender.get(), body);
            } else {
                exchange.notFound();
            }
        });
    }

    /** The request's boundary: a defect of ours costs this request a 503, not its sender an endless wait. */
    private void acceptSafely(Exchange exchange, Sender sender, byte[] body) {
        try {
            accept(exchange, sender, body);
        } catch (RuntimeException e) {
            // No message and no cause: they may quote the body.
            LOG.error("a delivery of {} bytes cannot be handled: {} at {}", body.length, e.getClass(), where(e));
            exchange.unavailable(e);
        }
    }

    private static String where(RuntimeException e) {
        var frames = e.getStackTrace();
        return frames.length == 0 ? "an unknown place" : frames[0].toString();
    }

    private static boolean isProbe(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private void accept(Exchange exchange, Sender sender, byte[] body) {
        switch (scanner.scan(body)) {
            case ScannedDelivery.Validation validation -> exchange.answer(Outcome.VALIDATED, WebhookAnswer.VALIDATED);
            case ScannedDelivery.Events events -> {
                if (sender.requiredApiKey()
                        .filter(key -> !events.carriesOnly(key))
                        .isPresent()) {
                    exchange.notFound();
                } else {
                    append(exchange, sender.account(), events);
                }
            }
        }
    }

    private void append(Exchange exchange, String account, ScannedDelivery.Events delivery) {
        var receivedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var arrival = new Arrival(
                account,
                receivedAt,
                TraceContext.of(exchange.header("traceparent")),
                contentType(exchange.header("Content-Type")));
        var answers =
                delivery.events().stream().map(event -> append(event, arrival)).toList();
        if (answers.size() == 1) {
            answers.getFirst()
                    .onSuccess(answer -> accepted(exchange, delivery, List.of(answer)))
                    .onFailure(exchange::unavailable);
            return;
        }
        Future.all(answers)
                .onSuccess(all -> accepted(exchange, delivery, all.list()))
                .onFailure(exchange::unavailable);
    }

    private Future<WebhookAnswer.Event> append(ScannedEvent event, Arrival arrival) {
        var envelope = envelope(event, arrival);
        return log.append(envelope).map(durability -> {
            metrics.event(typeLabel(event), durability);
            return new WebhookAnswer.Event(event instanceof ScannedEvent.Readable, envelope.id(), durability);
        });
    }

    private void accepted(Exchange exchange, ScannedDelivery.Events delivery, List<WebhookAnswer.Event> answers) {
        var outcome = answers.stream().anyMatch(WebhookAnswer.Event::readable) ? Outcome.ACCEPTED : Outcome.QUARANTINED;
        exchange.eventType(typeLabel(delivery.events()));
        exchange.answer(
                outcome,
                delivery.form() == ScannedDelivery.Form.ARRAY
                        ? WebhookAnswer.array(answers)
                        : WebhookAnswer.single(answers.getFirst()));
    }

    private Envelope envelope(ScannedEvent event, Arrival arrival) {
        var id = WebhookScanner.idOf(arrival.account, event);
        return switch (event) {
            case ScannedEvent.Readable readable -> {
                var occurredAt = Objects.requireNonNullElse(readable.providerTime(), arrival.receivedAt);
                metrics.eventAge(occurredAt, arrival.receivedAt);
                yield new Envelope(
                        id,
                        Topic.CALLS,
                        readable.callId(),
                        Source.WEBHOOK,
                        arrival.account,
                        readable.ceType(),
                        occurredAt,
                        arrival.receivedAt,
                        arrival.traceparent,
                        arrival.contentType,
                        readable.bytes());
            }
            case ScannedEvent.Quarantined quarantined ->
                new Envelope(
                        id,
                        Topic.QUARANTINE,
                        id.toString(),
                        Source.WEBHOOK,
                        arrival.account,
                        Envelope.QUARANTINED_TYPE,
                        arrival.receivedAt,
                        arrival.receivedAt,
                        arrival.traceparent,
                        arrival.contentType,
                        quarantined.bytes());
        };
    }

    /** What all events of one request share. */
    private record Arrival(
            String account,
            Instant receivedAt,
            String traceparent,
            @Nullable String contentType) {}

    private static String typeLabel(ScannedEvent event) {
        return event instanceof ScannedEvent.Readable readable
                ? GatewayMetrics.typeLabel(readable.eventType())
                : GatewayMetrics.typeLabel(null);
    }

    /** A request counts once: under the type that all its events share, else under {@code other}. */
    private static String typeLabel(List<ScannedEvent> events) {
        var first = typeLabel(events.getFirst());
        var shared = events.size() == 1
                || events.stream().allMatch(event -> typeLabel(event).equals(first));
        return shared ? first : GatewayMetrics.typeLabel(null);
    }

    /** The sender's media type where it is one that can go into a header of ours. */
    private static @Nullable String contentType(@Nullable String received) {
        return received != null && received.length() <= MAX_CONTENT_TYPE_LENGTH && HeaderText.isPlain(received)
                ? received
                : null;
    }
}
