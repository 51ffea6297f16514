package io.switchboard.mightycall;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.switchboard.call.CallEvent;
import io.switchboard.event.Envelope;
import io.switchboard.mightycall.Decoded.Undecodable;
import io.switchboard.mightycall.Decoded.Understood;
import io.switchboard.mightycall.ScannedEvent.Reason;
import java.io.IOException;
import java.util.Objects;

/**
 * Understands what the log holds of calls: webhook events as the door read them, and the records of {@code GET /calls}, bare
 * or inside {@code data}. Stateless, any thread.
 *
 * <p>It promises that what it reads can be stored as it is: every text is bounded and free of NUL and lone surrogates, every
 * time lies between 1970 and 2199, no duration is negative.
 */
public final class CallEventDecoder {
    private static final int MAX_TEXT_LENGTH = CallRecordReader.MAX_TEXT_LENGTH;
    private static final int MAX_CALL_ID_LENGTH = 256; // 128 characters, each perhaps a surrogate pair

    /** Decodes one fact. Never throws: what cannot be understood says why. */
    public Decoded decode(LoggedEvent logged) {
        var isRecord = logged.type().equals(Envelope.CALL_RECORD_TYPE);
        if (!isRecord && !logged.type().startsWith(Envelope.WEBHOOK_TYPE_PREFIX)) {
            return undecodable(Reason.NOT_A_CALL);
        }
        try (var parser = TolerantJson.parser(logged.value(), TolerantJson.startOfText(logged.value()))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return undecodable(Reason.NOT_AN_OBJECT);
            }
            return isRecord ? callRecord(logged, parser) : webhook(logged, parser);
        } catch (StreamConstraintsException e) {
            return undecodable(Reason.TOO_DEEP);
        } catch (IOException e) {
            return undecodable(Reason.NOT_JSON);
        }
    }

    private static Decoded webhook(LoggedEvent logged, JsonParser parser) throws IOException {
        var fields = WebhookFields.read(parser);
        TolerantJson.expectEnd(parser);
        var callId = fields.callId();
        if (callId == null || fields.refusal() != null) {
            return undecodable(Objects.requireNonNullElse(fields.refusal(), Reason.NO_CALL_ID));
        }
        var type = fields.eventType();
        var timestamp = fields.timestamp();
        return new Understood(new CallEvent(
                logged.id(),
                logged.account(),
                storableCallId(callId),
                logged.source(),
                type == null ? "" : StorableText.of(type, MAX_TEXT_LENGTH),
                timestamp == null ? null : ProviderTime.parse(timestamp),
                logged.receivedAt(),
                StorableText.ofNullable(fields.extension(), MAX_TEXT_LENGTH),
                StorableText.ofNullable(fields.from(), MAX_TEXT_LENGTH),
                StorableText.ofNullable(fields.to(), MAX_TEXT_LENGTH),
                null));
    }

    private static Decoded callRecord(LoggedEvent logged, JsonParser parser) throws IOException {
        var read = LooseObject.read(parser);
        TolerantJson.expectEnd(parser);
        var data = read.object("data");
        var call = data != null && read.text("id") == null ? data : read;
        var callId = call.text("id");
        var reason = CallIds.refusal(callId);
        if (callId == null || reason != null) {
            return undecodable(Objects.requireNonNullElse(reason, Reason.NO_CALL_ID));
        }
        var record = CallRecordReader.read(call);
        return new Understood(new CallEvent(
                logged.id(),
                logged.account(),
                storableCallId(callId),
                logged.source(),
                CallEvent.RECORD_TYPE,
                record.startedAt(),
                logged.receivedAt(),
                null,
                null,
                null,
                record));
    }

    private static String storableCallId(String callId) {
        return StorableText.of(CallIds.normal(callId), MAX_CALL_ID_LENGTH);
    }

    private static Undecodable undecodable(Reason reason) {
        return new Undecodable(
                reason,
                switch (reason) {
                    case NO_CALL_ID -> "no member names a call";
                    case CALL_ID_TOO_LONG -> "the call id has more than 128 characters";
                    case TOO_DEEP -> "the value nests deeper than 64 levels";
                    case NOT_JSON -> "the value is not one JSON document";
                    case NOT_AN_OBJECT -> "the value is not a JSON object";
                    case TOO_MANY_EVENTS -> "the value is an array of more than 1,000 events";
                    case NOT_A_CALL -> "the type is neither a webhook's nor a call record's";
                });
    }
}
