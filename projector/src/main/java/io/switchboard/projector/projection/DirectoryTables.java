package io.switchboard.projector.projection;

import io.switchboard.projector.projection.LatestTable.Column;
import io.switchboard.resource.AgentStatus;
import io.switchboard.resource.Contact;
import io.switchboard.resource.PhoneNumber;
import io.switchboard.resource.TeamMember;
import io.switchboard.resource.Voicemail;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables of the smaller lists. */
final class DirectoryTables {
    static final LatestTable<Dated<Voicemail>> VOICEMAIL = new LatestTable<>(
            "voicemail",
            List.of("account", "voicemail_id"),
            false,
            List.of(
                    Column.time("created_at", dated -> or(dated.record().createdAt(), dated.receivedAt())),
                    Column.text("client_number", of(Voicemail::from)),
                    Column.text(
                            "client_digits",
                            dated -> CallTable.digits(dated.record().from())),
                    Column.text("business_number", of(Voicemail::to)),
                    Column.text("assigned_to", of(Voicemail::assignedTo)),
                    Column.real(
                            "duration_seconds",
                            dated -> JournalTable.seconds(dated.record().duration())),
                    Column.text("status", of(Voicemail::status)),
                    Column.text(
                            "recording_uri", dated -> dated.record().recording().uri())));

    static final LatestTable<PhoneNumber> PHONE_NUMBER = new LatestTable<>(
            "phone_number",
            List.of("account", "number"),
            true,
            List.of(
                    Column.text("label", PhoneNumber::label),
                    Column.text("description", PhoneNumber::description),
                    Column.flag("enabled", PhoneNumber::enabled),
                    Column.flag("is_primary", PhoneNumber::primary),
                    Column.flag("toll_free", PhoneNumber::tollFree),
                    Column.flag("international", PhoneNumber::international),
                    Column.flag("can_call", PhoneNumber::canCall),
                    Column.flag("can_text", PhoneNumber::canText),
                    Column.flag("mms", PhoneNumber::mms),
                    Column.text("sms_mode", PhoneNumber::smsMode),
                    Column.text("recording_mode", PhoneNumber::recordingMode),
                    Column.text("object_guid", PhoneNumber::objectGuid),
                    Column.time("released_at", PhoneNumber::deletedAt)));

    static final LatestTable<Dated<Contact>> CONTACT = new LatestTable<>(
            "contact",
            List.of("account", "contact_id"),
            true,
            List.of(
                    Column.text("etag", of(Contact::etag)),
                    Column.text("first_name", of(Contact::firstName)),
                    Column.text("middle_name", of(Contact::middleName)),
                    Column.text("last_name", of(Contact::lastName)),
                    Column.json(
                            "phones", dated -> StoredJson.texts(dated.record().phones())),
                    Column.json("phone_digits", dated -> StoredJson.texts(digits(dated.record()))),
                    Column.json(
                            "emails", dated -> StoredJson.texts(dated.record().emails())),
                    Column.text("comment", of(Contact::comment)),
                    Column.json("tags", dated -> StoredJson.texts(dated.record().tags())),
                    Column.time("created_at", of(Contact::createdAt)),
                    Column.time("changed_at", dated -> or(dated.record().changedAt(), dated.receivedAt())),
                    Column.flag("listed_deleted", of(Contact::deleted))));

    static final LatestTable<TeamMember> TEAM_MEMBER = new LatestTable<>(
            "team_member",
            List.of("account", "user_id"),
            true,
            List.of(Column.text("name", TeamMember::name), Column.text("role", TeamMember::role)));

    static final LatestTable<AgentStatus> AGENT_STATUS = new LatestTable<AgentStatus>(
                    "agent_status",
                    List.of("account", "extension"),
                    false,
                    List.of(Column.text("status", AgentStatus::status)))
            .feeding("agents");

    private DirectoryTables() {}

    /** A record and when it was seen. */
    record Dated<T>(T record, Instant receivedAt) {}

    private static <T, V> Function<Dated<T>, @Nullable V> of(Function<T, @Nullable V> value) {
        return dated -> value.apply(dated.record());
    }

    private static Instant or(@Nullable Instant time, Instant otherwise) {
        return time == null ? otherwise : time;
    }

    private static List<String> digits(Contact contact) {
        return contact.phones().stream()
                .map(CallTable::digits)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }
}
