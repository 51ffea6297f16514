package io.switchboard.mightycall;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.switchboard.mightycall.ScannedEvent.Reason;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one webhook event, read from a parser in one pass without a tree.
 *
 * <p>Names count in any case. Of members of one name the last wins, also when it is null. Numbers are taken as their text.
 * Blank is absent. An event may sit under one {@code data}, {@code event} or {@code payload} member when the object around
 * it names no call. Owned by one thread, done when {@link #read} returns.
 */
final class WebhookFields {

    /** The members that mean something. */
    private enum Member {
        BODY,
        ID,
        CALL_ID,
        EVENT_TYPE,
        TIMESTAMP,
        GUID,
        FROM,
        TO,
        EXTENSION,
        WRAPPER
    }

    private static final Map<String, Member> MEMBERS = Map.ofEntries(
            Map.entry("Body", Member.BODY),
            Map.entry("body", Member.BODY),
            Map.entry("Id", Member.ID),
            Map.entry("id", Member.ID),
            Map.entry("CallId", Member.CALL_ID),
            Map.entry("callid", Member.CALL_ID),
            Map.entry("EventType", Member.EVENT_TYPE),
            Map.entry("eventtype", Member.EVENT_TYPE),
            Map.entry("Timestamp", Member.TIMESTAMP),
            Map.entry("timestamp", Member.TIMESTAMP),
            Map.entry("Guid", Member.GUID),
            Map.entry("guid", Member.GUID),
            Map.entry("From", Member.FROM),
            Map.entry("from", Member.FROM),
            Map.entry("To", Member.TO),
            Map.entry("to", Member.TO),
            Map.entry("Extension", Member.EXTENSION),
            Map.entry("extension", Member.EXTENSION),
            Map.entry("data", Member.WRAPPER),
            Map.entry("event", Member.WRAPPER),
            Map.entry("payload", Member.WRAPPER));
    private static final int LONGEST_MEMBER = 9;

    private final int depth;
    private int deepest;
    private @Nullable String eventType;
    private @Nullable String timestamp;
    private @Nullable String guid;
    private Parties parties = new Parties();
    private @Nullable Parties body;
    private @Nullable WebhookFields wrapped;

    /** What stands in {@code Body}, or beside it in the flat shape. */
    private static final class Parties {
        private @Nullable String id;
        private @Nullable String callId;
        private @Nullable String from;
        private @Nullable String to;
        private @Nullable String extension;
    }

    private WebhookFields(int depth) {
        this.depth = depth;
        this.deepest = depth;
    }

    /** Reads the object whose start the parser has just seen, to its end. */
    static WebhookFields read(JsonParser parser) throws IOException {
        var fields = new WebhookFields(1);
        fields.readObject(parser);
        return fields.wrapped != null && fields.callId() == null ? fields.wrapped.within(fields) : fields;
    }

    /** Why the event cannot be filed; null when it can. */
    @Nullable
    Reason refusal() {
        return deepest > TolerantJson.MAX_EVENT_DEPTH ? Reason.TOO_DEEP : CallIds.refusal(callId());
    }

    /** {@code Body.Id}, else {@code CallId}, else {@code Body.CallId}, else {@code Id}. */
    @Nullable
    String callId() {
        if (body != null && body.id != null) {
            return body.id;
        }
        if (parties.callId != null) {
            return parties.callId;
        }
        return body != null && body.callId != null ? body.callId : parties.id;
    }

    @Nullable
    String eventType() {
        return eventType;
    }

    @Nullable
    String timestamp() {
        return timestamp;
    }

    @Nullable
    String guid() {
        return guid;
    }

    @Nullable
    String from() {
        return place().from;
    }

    @Nullable
    String to() {
        return place().to;
    }

    @Nullable
    String extension() {
        return place().extension;
    }

    private Parties place() {
        return body != null ? body : parties;
    }

    private WebhookFields within(WebhookFields outer) {
        deepest = Math.max(deepest, outer.deepest);
        return this;
    }

    private void readObject(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var member = memberOf(parser.currentName());
            var token = parser.nextToken();
            switch (member) {
                case null -> skip(parser, depth);
                case BODY -> body = token == JsonToken.START_OBJECT ? readBody(parser) : absent(parser, depth);
                case EVENT_TYPE -> eventType = text(parser, depth);
                case TIMESTAMP -> timestamp = text(parser, depth);
                case GUID -> guid = text(parser, depth);
                case WRAPPER ->
                    wrapped =
                            token == JsonToken.START_OBJECT && depth == 1 ? readWrapped(parser) : absent(parser, depth);
                case ID, CALL_ID, FROM, TO, EXTENSION -> readParty(member, parties, text(parser, depth));
            }
        }
    }

    private WebhookFields readWrapped(JsonParser parser) throws IOException {
        var inner = new WebhookFields(depth + 1);
        inner.readObject(parser);
        deepest = Math.max(deepest, inner.deepest);
        return inner;
    }

    private Parties readBody(JsonParser parser) throws IOException {
        var read = new Parties();
        deepest = Math.max(deepest, depth + 1);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var member = memberOf(parser.currentName());
            var ignored = parser.nextToken();
            if (member == null) {
                skip(parser, depth + 1);
            } else {
                readParty(member, read, text(parser, depth + 1));
            }
        }
        return read;
    }

    private static void readParty(Member member, Parties parties, @Nullable String text) {
        switch (member) {
            case ID -> parties.id = text;
            case CALL_ID -> parties.callId = text;
            case FROM -> parties.from = text;
            case TO -> parties.to = text;
            case EXTENSION -> parties.extension = text;
            case BODY, EVENT_TYPE, TIMESTAMP, GUID, WRAPPER -> {} // mean nothing inside a body
        }
    }

    private static @Nullable Member memberOf(String name) {
        var member = MEMBERS.get(name);
        return member != null || name.length() > LONGEST_MEMBER ? member : MEMBERS.get(name.toLowerCase(Locale.ROOT));
    }

    /** The trimmed text of a string or number; null for blank ones and every other value. */
    private @Nullable String text(JsonParser parser, int around) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                var text = parser.getText().strip();
                yield text.isEmpty() ? null : text;
            }
            default -> absent(parser, around);
        };
    }

    private <T> @Nullable T absent(JsonParser parser, int around) throws IOException {
        skip(parser, around);
        return null;
    }

    /** Skips a value unread, and measures how deep it goes. */
    private void skip(JsonParser parser, int around) throws IOException {
        var level = around;
        var token = parser.currentToken();
        while (true) {
            if (token.isStructStart()) {
                level++;
                deepest = Math.max(deepest, level);
            } else if (token.isStructEnd()) {
                level--;
            }
            if (level == around) {
                return;
            }
            token = parser.nextToken();
        }
    }
}
