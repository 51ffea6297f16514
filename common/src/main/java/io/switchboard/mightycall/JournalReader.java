package io.switchboard.mightycall;

import io.switchboard.resource.JournalEntry;
import io.switchboard.resource.JournalEntry.Attachment;
import io.switchboard.resource.JournalEntry.Client;
import io.switchboard.resource.JournalEntry.Person;
import io.switchboard.resource.JournalEntry.VoicemailPart;
import io.switchboard.resource.Recording;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a {@link JournalEntry} of the provider's {@code Request} (API.md, section 5.2). */
final class JournalReader {
    private static final Map<String, String> TYPES =
            RecordFields.table("call", "message", "message_thread", "task", "callback_request", "service", "default");
    private static final Map<String, String> STATES = RecordFields.table(
            "missed", "connected", "replied", "voicemail", "dropped", "no_answer", "scheduled", "message");
    private static final Map<String, String> ORIGINS = Map.of(
            "inbound", "inbound",
            "incoming", "inbound",
            "outbound", "outbound",
            "outgoing", "outbound",
            "callback", "callback",
            "internal", "internal");
    private static final Map<String, String> CLIENT_KINDS = RecordFields.table("phone_number", "widget");
    private static final Map<String, String> CALLER_KINDS = RecordFields.table("default", "vip", "blocked");
    private static final Map<String, String> AGENT_KINDS = RecordFields.table(
            "user",
            "multiple",
            "unnamed_group",
            "queue",
            "callback_queue",
            "named_group",
            "external_number",
            "voicemail_box");
    private static final Map<String, String> WORKFLOWS = RecordFields.table("open", "finished", "resolved");
    private static final Map<String, String> DELIVERY_STATUSES = RecordFields.table("not_sent", "sent");
    private static final Map<String, String> TEXT_STATUSES =
            RecordFields.table("not_performed", "silence_or_no_speech", "success", "error");

    private JournalReader() {}

    static JournalEntry read(String id, LooseObject entry) {
        var agent = entry.object("agent");
        var workflow = entry.object("wfstate");
        var voicemail = entry.object("voicemail");
        return new JournalEntry(
                id,
                RecordFields.guid(entry, "requestguid"),
                RecordFields.word(entry, "type", TYPES),
                RecordFields.word(entry, "state", STATES),
                RecordFields.word(entry, "origin", ORIGINS),
                RecordFields.time(entry, "created"),
                RecordFields.time(entry, "respondedat"),
                client(entry.object("client")),
                businessNumber(entry, "number"),
                businessNumber(entry, "label"),
                agent == null ? null : person(agent),
                RecordFields.objects(entry, "users").map(JournalReader::person).toList(),
                RecordFields.clock(entry, "duration"),
                text(entry),
                RecordFields.longText(entry, "comment"),
                RecordFields.texts(entry, "tags"),
                RecordFields.truth(entry, "favorite"),
                RecordFields.truth(entry, "read"),
                workflow == null
                        ? RecordFields.word(entry, "wfstate", WORKFLOWS)
                        : RecordFields.word(workflow, "state", WORKFLOWS),
                recording(entry.object("recording")),
                voicemail == null ? null : voicemail(voicemail),
                RecordFields.word(entry, "messagedeliverystatus", DELIVERY_STATUSES),
                RecordFields.objects(entry, "attachments")
                        .map(JournalReader::attachment)
                        .toList());
    }

    private static @Nullable Client client(@Nullable LooseObject client) {
        if (client == null) {
            return null;
        }
        var address = RecordFields.text(client, "address");
        return new Client(
                address == null ? RecordFields.text(client, "widgetname") : address,
                RecordFields.word(client, "type", CLIENT_KINDS),
                RecordFields.word(client, "callerkind", CALLER_KINDS));
    }

    /** An object here, a string in other lists: both are accepted. */
    private static @Nullable String businessNumber(LooseObject entry, String part) {
        var number = entry.object("businessnumber");
        if (number == null) {
            return part.equals("number") ? RecordFields.text(entry, "businessnumber") : null;
        }
        return RecordFields.text(number, part);
    }

    /** The text stands twice, or in one of the two places. */
    private static @Nullable String text(LooseObject entry) {
        var model = entry.object("textmodel");
        var text = RecordFields.longText(entry, "text");
        return text == null && model != null ? RecordFields.longText(model, "text") : text;
    }

    private static Person person(LooseObject person) {
        var guid = RecordFields.guid(person, "id");
        return new Person(
                guid == null ? RecordFields.text(person, "id") : guid,
                RecordFields.text(person, "name"),
                RecordFields.text(person, "extension"),
                RecordFields.text(person, "role"),
                RecordFields.text(person, "email"),
                RecordFields.word(person, "type", AGENT_KINDS));
    }

    private static VoicemailPart voicemail(LooseObject voicemail) {
        return new VoicemailPart(
                RecordFields.clock(voicemail, "duration"),
                RecordFields.longText(voicemail, "text"),
                RecordFields.word(voicemail, "speechrecognitionstatus", TEXT_STATUSES),
                recording(voicemail.object("recording")));
    }

    private static Recording recording(@Nullable LooseObject recording) {
        var uri = recording == null ? null : RecordingUri.usable(recording.text("link"));
        return uri == null ? Recording.NONE : new Recording(uri);
    }

    private static Attachment attachment(LooseObject attachment) {
        return new Attachment(
                RecordFields.text(attachment, "filename"),
                RecordFields.number(attachment, "filesize"),
                RecordFields.truth(attachment, "isimage"),
                RecordFields.truth(attachment, "isstorageexpired"));
    }
}
