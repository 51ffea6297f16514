package io.switchboard.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One interaction with a client, of whatever kind.
 *
 * @param requestGuid lower case; null when it is no GUID or the provider's all-zero one
 * @param type {@code call}, {@code message} …
 * @param state {@code connected}, {@code missed}, {@code voicemail} …
 * @param origin which way it went, in the words of a call's direction
 * @param createdAt when it began
 * @param client null when the entry names none
 * @param users everybody who took part or was rung, the agent perhaps among them
 * @param workflow {@code open}, {@code resolved} …
 * @param deliveryStatus of a message
 */
public record JournalEntry(
        String id,
        @Nullable String requestGuid,
        @Nullable String type,
        @Nullable String state,
        @Nullable String origin,
        @Nullable Instant createdAt,
        @Nullable Instant respondedAt,
        @Nullable Client client,
        @Nullable String businessNumber,
        @Nullable String businessLabel,
        @Nullable Person agent,
        List<Person> users,
        @Nullable Duration duration,
        @Nullable String text,
        @Nullable String comment,
        List<String> tags,
        @Nullable Boolean favorite,
        @Nullable Boolean read,
        @Nullable String workflow,
        Recording recording,
        @Nullable VoicemailPart voicemail,
        @Nullable String deliveryStatus,
        List<Attachment> attachments)
        implements ProviderRecord {

    /** The word of {@link #type} for a text message. */
    public static final String MESSAGE = "message";

    /**
     * The other side.
     *
     * @param address a number, or the name of a widget
     * @param kind {@code phone_number} or {@code widget}
     * @param callerKind {@code default}, {@code vip} or {@code blocked}
     */
    public record Client(
            @Nullable String address,
            @Nullable String kind,
            @Nullable String callerKind) {}

    /**
     * A member of the account's team, as entries name them.
     *
     * @param userId the provider's id of the person
     * @param kind {@code user}, {@code queue}, {@code voicemail_box} …
     */
    public record Person(
            @Nullable String userId,
            @Nullable String name,
            @Nullable String extension,
            @Nullable String role,
            @Nullable String email,
            @Nullable String kind) {

        /** Whether this is a person, as far as the provider says. */
        public boolean isUser() {
            return kind == null || kind.equals("user");
        }
    }

    /**
     * What a caller left.
     *
     * @param text what was understood of it
     * @param textStatus how well: {@code success}, {@code not_performed} …
     */
    public record VoicemailPart(
            @Nullable Duration duration,
            @Nullable String text,
            @Nullable String textStatus,
            Recording recording) {}

    /** A file that came with a message, less its link. */
    public record Attachment(
            @Nullable String fileName,
            @Nullable Long sizeBytes,
            @Nullable Boolean image,
            @Nullable Boolean expired) {}
}
