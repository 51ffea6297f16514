package io.switchboard.mightycall;

import io.switchboard.resource.AgentStatus;
import io.switchboard.resource.Contact;
import io.switchboard.resource.PhoneNumber;
import io.switchboard.resource.Profile;
import io.switchboard.resource.Recording;
import io.switchboard.resource.TeamMember;
import io.switchboard.resource.Voicemail;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes values of the rows of the provider's smaller lists (API.md, section 5.4). */
final class DirectoryReader {
    private static final Map<String, String> VOICEMAIL_STATUSES = RecordFields.table("read", "unread");
    private static final Map<String, String> SMS_MODES = RecordFields.table("enabled", "capable", "disabled");

    /** The API's words and those of the provider's panel. */
    private static final Map<String, String> AGENT_STATUSES = Map.ofEntries(
            Map.entry("available", "available"),
            Map.entry("free", "available"),
            Map.entry("dnd", "dnd"),
            Map.entry("donotdisturb", "dnd"),
            Map.entry("busy", "on_call"),
            Map.entry("oncall", "on_call"),
            Map.entry("onacall", "on_call"),
            Map.entry("wrapup", "wrap_up"),
            Map.entry("outboundcallsonly", "outbound_only"),
            Map.entry("offline", "offline"));

    private DirectoryReader() {}

    static Voicemail voicemail(String id, LooseObject voicemail) {
        var file = voicemail.object("voicemailrecord");
        var uri = file == null ? null : RecordingUri.usable(file.text("uri"));
        return new Voicemail(
                id,
                RecordFields.text(voicemail, "from"),
                RecordFields.text(voicemail, "to"),
                RecordFields.text(voicemail, "assignedto"),
                RecordFields.time(voicemail, "datetimeutc"),
                RecordFields.seconds(voicemail, "duration"),
                RecordFields.word(voicemail, "voicemailstatus", VOICEMAIL_STATUSES),
                uri == null ? Recording.NONE : new Recording(uri));
    }

    static PhoneNumber phoneNumber(String id, LooseObject number) {
        return new PhoneNumber(
                id,
                RecordFields.text(number, "label"),
                RecordFields.text(number, "description"),
                RecordFields.truth(number, "isenabled"),
                RecordFields.truth(number, "isprimary"),
                RecordFields.truth(number, "istollfree"),
                RecordFields.truth(number, "isinternational"),
                RecordFields.truth(number, "maycall"),
                RecordFields.truth(number, "maytext"),
                RecordFields.truth(number, "ismmsenabled"),
                RecordFields.word(number, "smsmode", SMS_MODES),
                RecordFields.text(number, "callrecordingmode"),
                RecordFields.guid(number, "objectguid"),
                RecordFields.time(number, "whendeleted"));
    }

    static TeamMember teamMember(String id, LooseObject member) {
        return new TeamMember(id, RecordFields.text(member, "fullname"), RecordFields.text(member, "role"));
    }

    static Profile profile(String id, LooseObject profile) {
        return new Profile(
                id,
                RecordFields.text(profile, "firstname"),
                RecordFields.text(profile, "lastname"),
                RecordFields.text(profile, "email"),
                RecordFields.text(profile, "role"));
    }

    static Contact contact(String id, LooseObject contact) {
        return new Contact(
                id,
                RecordFields.text(contact, "etag"),
                RecordFields.text(contact, "firstname"),
                RecordFields.text(contact, "lastname"),
                RecordFields.text(contact, "patronymic"),
                channels(contact, "phone"),
                channels(contact, "email"),
                RecordFields.longText(contact, "comment"),
                RecordFields.texts(contact, "tags"),
                RecordFields.time(contact, "created"),
                RecordFields.time(contact, "updated"),
                "deleted".equalsIgnoreCase(contact.text("state")));
    }

    static AgentStatus agentStatus(String id, LooseObject status) {
        return new AgentStatus(id, RecordFields.word(status, "status", AGENT_STATUSES));
    }

    private static List<String> channels(LooseObject contact, String kind) {
        return RecordFields.objects(contact, "channels")
                .map(channel -> RecordFields.text(channel, kind))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
    }
}
