package io.switchboard.projector.api.view;

import static io.switchboard.projector.api.view.InteractionView.copy;

import io.switchboard.projector.api.access.Masking;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Contacts, business numbers and extensions in answers. To roles that see masked numbers, a contact's names, e-mails and
 * comment are null, as are the e-mails of the account's own people. Of a deleted contact nothing is shown but that.
 */
public final class DirectoryView {
    private DirectoryView() {}

    public static Map<String, @Nullable Object> contact(StoredRow row, Masking masking) {
        var gone = row.instant("deleted_at") != null;
        var json = start(row, "contact_id");
        json.put("name", gone ? null : masking.personal(name(row)));
        for (var part : List.of("first_name", "middle_name", "last_name")) {
            json.put(part, gone ? null : masking.personal(row.text(part)));
        }
        json.put("phones", gone ? List.of() : phones(row, masking));
        json.put("emails", gone ? List.of() : masking == Masking.MASKED ? null : row.list("emails"));
        json.put("comment", gone ? null : masking.personal(row.text("comment")));
        json.put("tags", gone ? List.of() : row.list("tags"));
        copy(row, json, "etag");
        json.put("created_at", row.value(row.instant("created_at") == null ? "first_seen_at" : "created_at"));
        json.put("updated_at", row.value(row.instant("changed_at") == null ? "deleted_at" : "changed_at"));
        copy(row, json, "deleted_at");
        return json;
    }

    public static Map<String, @Nullable Object> phoneNumber(StoredRow row) {
        var json = start(row, "number");
        copy(row, json, "number", "label", "description", "enabled");
        json.put("primary", row.value("is_primary"));
        copy(row, json, "toll_free", "international", "can_call", "can_text", "mms", "sms_mode", "recording_mode");
        json.put("external_id", row.value("object_guid"));
        return dated(row, json);
    }

    public static Map<String, @Nullable Object> extension(StoredRow row, Masking masking) {
        var json = start(row, "id");
        copy(row, json, "extension", "user_id", "display_name", "first_name", "last_name");
        json.put("email", masking.personal(row.text("email")));
        copy(row, json, "role");
        json.put("availability", availability(row));
        copy(row, json, "sources");
        return dated(row, json);
    }

    private static @Nullable Map<String, @Nullable Object> availability(StoredRow row) {
        if (row.instant("changed_at") == null) {
            return null;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("status", row.text("availability"));
        json.put("since", row.value("changed_at"));
        return json;
    }

    private static Map<String, @Nullable Object> start(StoredRow row, String id) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", row.known(id));
        copy(row, json, "account");
        json.put("status", row.instant("deleted_at") == null ? "active" : "deleted");
        return json;
    }

    private static Map<String, @Nullable Object> dated(StoredRow row, Map<String, @Nullable Object> json) {
        json.put("created_at", row.value("first_seen_at"));
        json.put("updated_at", row.value("seen_at"));
        copy(row, json, "deleted_at");
        return json;
    }

    private static List<@Nullable String> phones(StoredRow row, Masking masking) {
        return row.list("phones").stream()
                .map(phone -> masking.address((String) phone))
                .toList();
    }

    private static @Nullable String name(StoredRow row) {
        var name = Stream.of("first_name", "middle_name", "last_name")
                .map(row::text)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return name.isEmpty() ? null : name;
    }
}
