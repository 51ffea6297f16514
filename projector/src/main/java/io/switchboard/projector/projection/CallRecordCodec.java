package io.switchboard.projector.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.call.CallRecord;
import io.switchboard.call.CallRecord.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call record as {@code call_event.record} keeps it. What is null is absent; times and durations are ISO 8601, exact.
 *
 * <pre>
 *   {"direction":"Incoming","status":"Connected","started_at":"…","duration":"PT70.2S","business_number":"+1…",
 *    "recording_uri":"…","caller":{…},"called":[{"name":"…","extension":"101","phone":"+1…","connected":true}]}
 * </pre>
 */
public final class CallRecordCodec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CallRecordCodec() {}

    public static String encode(CallRecord record) {
        var node = JSON.createObjectNode();
        put(node, "direction", record.direction());
        put(node, "status", record.status());
        put(node, "started_at", record.startedAt());
        put(node, "duration", record.duration());
        put(node, "business_number", record.businessNumber());
        put(node, "recording_uri", record.recordingUri());
        var caller = record.caller();
        if (caller != null) {
            put(node.putObject("caller"), caller);
        }
        var called = node.putArray("called");
        record.called().forEach(party -> put(called.addObject(), party));
        return node.toString();
    }

    /** Reads what {@link #encode} wrote, key order and white space aside. */
    public static CallRecord decode(String json) {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("call_event.record is not JSON", e);
        }
        var called = new ArrayList<Party>();
        node.path("called").forEach(party -> called.add(party(party)));
        return new CallRecord(
                text(node, "direction"),
                text(node, "status"),
                parsed(node, "started_at", Instant::parse),
                parsed(node, "duration", Duration::parse),
                node.has("caller") ? party(node.path("caller")) : null,
                called,
                text(node, "business_number"),
                text(node, "recording_uri"));
    }

    private static void put(ObjectNode node, String name, @Nullable Object value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }

    private static void put(ObjectNode node, Party party) {
        put(node, "name", party.name());
        put(node, "extension", party.extension());
        put(node, "phone", party.phone());
        var connected = party.connected();
        if (connected != null) {
            node.put("connected", connected.booleanValue());
        }
    }

    private static Party party(JsonNode node) {
        return new Party(
                text(node, "name"),
                text(node, "extension"),
                text(node, "phone"),
                node.has("connected") ? Boolean.valueOf(node.path("connected").asBoolean()) : null);
    }

    private static @Nullable String text(JsonNode node, String name) {
        return parsed(node, name, Function.identity());
    }

    private static <T> @Nullable T parsed(JsonNode node, String name, Function<String, T> parse) {
        return node.has(name) ? parse.apply(node.path(name).asText()) : null;
    }
}
