package io.switchboard.mightycall;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.switchboard.event.EventId;
import io.switchboard.mightycall.ScannedDelivery.Events;
import io.switchboard.mightycall.ScannedDelivery.Form;
import io.switchboard.mightycall.ScannedDelivery.Validation;
import io.switchboard.mightycall.ScannedEvent.Quarantined;
import io.switchboard.mightycall.ScannedEvent.Readable;
import io.switchboard.mightycall.ScannedEvent.Reason;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Takes a webhook's body apart at the door: is there an event, of which call, and which bytes are kept.
 *
 * <p>Theory of operation. A body is redacted first, as bytes, before any parser sees it ({@link ApiKeyRedaction}): so
 * neither an event nor a quarantined fragment of it can carry the credential, and what is broken is redacted like what is
 * whole. Then one pass of tokens reads the few members that name and file an event ({@link WebhookFields}); everything
 * else is skipped unread, so that a number or text that no table could hold does no harm here. What cannot be read is
 * kept, never refused: a broken body is one quarantined event, an array's unreadable element is a quarantined event of
 * its own beside its readable neighbours. A body in UTF-16 or UTF-32 becomes UTF-8 and is then read like any other; when
 * that yields no event, its original bytes are kept.
 *
 * <p>Bounds: 64 levels of nesting, 128 characters of call id, 1,000 events an array. Stateless, any thread.
 */
public final class WebhookScanner {

    /** An array with more events is quarantined as a whole. */
    static final int MAX_EVENTS = 1_000;

    /**
     * Takes a body apart. Never throws.
     *
     * @param body the request's body, complete; it is the scanner's from now on, which overwrites secrets in place
     */
    public ScannedDelivery scan(byte[] body) {
        var charset = WideText.charsetOf(body);
        return charset == null ? scanUtf8(body) : scanWide(body, charset);
    }

    /** The identity of an event. That of a readable one does not depend on the {@code ApiKey} or on the bytes' layout. */
    public static EventId idOf(String account, ScannedEvent event) {
        return switch (event) {
            case Readable readable ->
                EventId.ofWebhook(
                        account,
                        readable.eventType(),
                        readable.callId(),
                        readable.extension(),
                        readable.timestamp(),
                        readable.guid());
            case Quarantined quarantined -> EventId.ofBytes(account, quarantined.bytes());
        };
    }

    private ScannedDelivery scanUtf8(byte[] body) {
        var start = TolerantJson.startOfText(body);
        if (start == body.length) {
            return new Validation();
        }
        var apiKeys = ApiKeyRedaction.strict(body);
        try (var parser = TolerantJson.parser(body, start)) {
            return switch (parser.nextToken()) {
                case START_OBJECT -> single(readEvent(parser, body), parser, apiKeys);
                case START_ARRAY -> array(parser, body, start, apiKeys);
                case null, default -> single(new Quarantined(Reason.NOT_AN_OBJECT, body), parser, apiKeys);
            };
        } catch (StreamConstraintsException e) {
            return unparsed(Reason.TOO_DEEP, body, apiKeys);
        } catch (IOException e) {
            return unparsed(Reason.NOT_JSON, body, apiKeys);
        }
    }

    private ScannedDelivery scanWide(byte[] body, Charset charset) {
        var delivery = scanUtf8(WideText.toUtf8(body, charset));
        // Bytes that only look like UTF-16 come out of the conversion as unreadable as they went in: keep the original.
        if (delivery instanceof Events(var events, var form, var apiKeys)
                && form == Form.SINGLE
                && events.getFirst() instanceof Quarantined(var reason, var ignored)) {
            return unparsed(reason, body, apiKeys);
        }
        return delivery;
    }

    private static ScannedDelivery single(ScannedEvent event, JsonParser parser, List<String> apiKeys)
            throws IOException {
        TolerantJson.expectEnd(parser);
        return new Events(List.of(event), Form.SINGLE, apiKeys);
    }

    private static ScannedDelivery array(JsonParser parser, byte[] body, int start, List<String> apiKeys)
            throws IOException {
        var events = new ArrayList<ScannedEvent>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (events.size() == MAX_EVENTS) {
                return unparsed(Reason.TOO_MANY_EVENTS, body, apiKeys);
            }
            events.add(element(parser, body, start));
        }
        TolerantJson.expectEnd(parser);
        return events.isEmpty() ? new Validation() : new Events(List.copyOf(events), Form.ARRAY, apiKeys);
    }

    private static ScannedEvent element(JsonParser parser, byte[] body, int start) throws IOException {
        var from = start + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            var fields = WebhookFields.read(parser);
            return eventOf(fields, slice(parser, body, start, from));
        }
        var ignored = parser.skipChildren();
        parser.finishToken();
        return new Quarantined(Reason.NOT_AN_OBJECT, slice(parser, body, start, from));
    }

    /** The bytes of the element that the parser has just read. */
    private static byte[] slice(JsonParser parser, byte[] body, int start, int from) {
        var to = start + Math.toIntExact(parser.currentLocation().getByteOffset());
        return Arrays.copyOfRange(body, from, to);
    }

    private static ScannedEvent readEvent(JsonParser parser, byte[] body) throws IOException {
        return eventOf(WebhookFields.read(parser), body);
    }

    private static ScannedEvent eventOf(WebhookFields fields, byte[] bytes) {
        var callId = fields.callId();
        if (callId == null || fields.refusal() != null) {
            return new Quarantined(Objects.requireNonNullElse(fields.refusal(), Reason.NO_CALL_ID), bytes);
        }
        return new Readable(
                fields.eventType(),
                CallIds.normal(callId),
                fields.extension(),
                fields.timestamp(),
                fields.guid(),
                bytes);
    }

    /** A body whose rest no parser has seen: whatever looks like the secret is overwritten. */
    private static ScannedDelivery unparsed(Reason reason, byte[] body, List<String> apiKeys) {
        ApiKeyRedaction.loose(body);
        return new Events(List.of(new Quarantined(reason, body)), Form.SINGLE, apiKeys);
    }
}
