package io.switchboard.projector.projection;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.resource.JournalEntry.Attachment;
import io.switchboard.resource.JournalEntry.VoicemailPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of records that stand in one column as JSON; what is null is absent. */
final class StoredJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StoredJson() {}

    static String texts(List<String> texts) {
        var array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array.toString();
    }

    static String attachments(List<Attachment> attachments) {
        var array = JSON.createArrayNode();
        for (var attachment : attachments) {
            var node = array.addObject();
            put(node, "file_name", attachment.fileName());
            if (attachment.sizeBytes() != null) {
                node.put("size_bytes", attachment.sizeBytes());
            }
            if (attachment.image() != null) {
                node.put("image", attachment.image());
            }
            if (attachment.expired() != null) {
                node.put("expired", attachment.expired());
            }
        }
        return array.toString();
    }

    static @Nullable String voicemail(@Nullable VoicemailPart voicemail) {
        if (voicemail == null) {
            return null;
        }
        var node = JSON.createObjectNode();
        var duration = voicemail.duration();
        if (duration != null) {
            node.put("duration_seconds", duration.toMillis() / 1e3);
        }
        put(node, "text", voicemail.text());
        put(node, "text_status", voicemail.textStatus());
        put(node, "recording_uri", voicemail.recording().uri());
        return node.toString();
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
