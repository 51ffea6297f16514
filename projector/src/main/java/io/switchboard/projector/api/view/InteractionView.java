package io.switchboard.projector.api.view;

import io.switchboard.projector.api.access.Masking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Journal entries, messages and voicemails in answers. To roles that see masked numbers, what people wrote or said is null:
 * texts, comments, transcripts, names of files. Links to recordings are shown to nobody.
 */
public final class InteractionView {
    private InteractionView() {}

    public static Map<String, @Nullable Object> journal(StoredRow row, Masking masking) {
        var json = start(row, "entry_id");
        copy(row, json, "type", "state", "direction");
        json.put("client", client(row, masking));
        copy(row, json, "business_number", "business_label");
        json.put("agent", agent(row));
        copy(row, json, "created_at", "responded_at", "duration_seconds");
        json.put("text", masking.personal(row.text("body")));
        json.put("comment", masking.personal(row.text("comment")));
        copy(row, json, "tags", "favorite", "read");
        json.put("workflow_state", row.value("workflow"));
        json.put("voicemail", voicemail(row, masking));
        json.put("recording", recording(row.text("recording_uri")));
        copy(row, json, "delivery_status");
        json.put("attachments", attachments(row, masking));
        copy(row, json, "call_id", "joined_by");
        json.put("updated_at", row.value("seen_at"));
        return json;
    }

    public static Map<String, @Nullable Object> message(StoredRow row, Masking masking) {
        var json = start(row, "entry_id");
        copy(row, json, "direction");
        json.put("client", client(row, masking));
        copy(row, json, "business_number", "business_label");
        json.put("agent", agent(row));
        copy(row, json, "created_at");
        json.put("text", masking.personal(row.text("body")));
        copy(row, json, "delivery_status", "read");
        json.put("attachments", attachments(row, masking));
        json.put("updated_at", row.value("seen_at"));
        return json;
    }

    public static Map<String, @Nullable Object> voicemailRow(StoredRow row, Masking masking) {
        var json = start(row, "voicemail_id");
        json.put("client", client(row, masking));
        copy(row, json, "business_number", "assigned_to", "created_at", "duration_seconds", "status");
        json.put("recording", recording(row.text("recording_uri")));
        json.put("updated_at", row.value("seen_at"));
        return json;
    }

    private static Map<String, @Nullable Object> start(StoredRow row, String id) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", row.known(id));
        copy(row, json, "account");
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> client(StoredRow row, Masking masking) {
        var number = row.text("client_number");
        if (number == null) {
            return null;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("number", masking.address(number));
        json.put("name", null); // the provider's lists do not say
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> agent(StoredRow row) {
        if (row.text("agent_extension") == null && row.text("agent_name") == null) {
            return null;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("extension", row.text("agent_extension"));
        json.put("name", row.text("agent_name"));
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> voicemail(StoredRow row, Masking masking) {
        var voicemail = row.map("voicemail");
        if (voicemail.isEmpty() && row.value("voicemail") == null) {
            return null;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("duration_seconds", voicemail.get("duration_seconds"));
        json.put("text", masking.personal((String) voicemail.get("text")));
        json.put("text_status", voicemail.get("text_status"));
        json.put("recording", recording((String) voicemail.get("recording_uri")));
        return json;
    }

    private static List<Map<String, @Nullable Object>> attachments(StoredRow row, Masking masking) {
        var attachments = new ArrayList<Map<String, @Nullable Object>>();
        for (var item : row.list("attachments")) {
            if (item instanceof Map<?, ?> attachment) {
                var json = new LinkedHashMap<String, @Nullable Object>();
                json.put("file_name", masking.personal((String) attachment.get("file_name")));
                json.put("size_bytes", attachment.get("size_bytes"));
                json.put("image", attachment.get("image"));
                json.put("expired", attachment.get("expired"));
                attachments.add(json);
            }
        }
        return attachments;
    }

    /** Where the provider keeps it is not for clients. */
    private static Map<String, Object> recording(@Nullable String uri) {
        return Map.of("status", uri == null ? "none" : "ready");
    }

    static void copy(StoredRow row, Map<String, @Nullable Object> json, String... columns) {
        for (var column : columns) {
            json.put(column, row.value(column));
        }
    }
}
