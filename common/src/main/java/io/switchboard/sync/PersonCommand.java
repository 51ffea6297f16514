package io.switchboard.sync;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person has done at MightyCall: one request to it, made once or not at all. It holds personal data, so it travels in
 * {@code sync-requests} and in the account's state alone, there while its job is open; no text made of one shows more than
 * its {@link #type}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PersonCommand.SendMessage.class, name = PersonCommand.SEND_MESSAGE),
    @JsonSubTypes.Type(value = PersonCommand.MakeCall.class, name = PersonCommand.MAKE_CALL),
    @JsonSubTypes.Type(value = PersonCommand.SetStatus.class, name = PersonCommand.SET_STATUS),
    @JsonSubTypes.Type(value = PersonCommand.CreateContact.class, name = PersonCommand.CREATE_CONTACT),
    @JsonSubTypes.Type(value = PersonCommand.UpdateContact.class, name = PersonCommand.UPDATE_CONTACT),
    @JsonSubTypes.Type(value = PersonCommand.DeleteContact.class, name = PersonCommand.DELETE_CONTACT),
    @JsonSubTypes.Type(value = PersonCommand.SetComment.class, name = PersonCommand.SET_COMMENT),
    @JsonSubTypes.Type(value = PersonCommand.DeleteComment.class, name = PersonCommand.DELETE_COMMENT),
})
public sealed interface PersonCommand {
    String SEND_MESSAGE = "send-message";
    String MAKE_CALL = "make-call";
    String SET_STATUS = "set-status";
    String CREATE_CONTACT = "create-contact";
    String UPDATE_CONTACT = "update-contact";
    String DELETE_CONTACT = "delete-contact";
    String SET_COMMENT = "set-comment";
    String DELETE_COMMENT = "delete-comment";

    /** All words of {@link #type}. */
    List<String> TYPES = List.of(
            SEND_MESSAGE,
            MAKE_CALL,
            SET_STATUS,
            CREATE_CONTACT,
            UPDATE_CONTACT,
            DELETE_CONTACT,
            SET_COMMENT,
            DELETE_COMMENT);

    /** What is done, without whom it concerns: the word in jobs, audit and logs. */
    default String type() {
        return switch (this) {
            case SendMessage message -> SEND_MESSAGE;
            case MakeCall call -> MAKE_CALL;
            case SetStatus status -> SET_STATUS;
            case CreateContact contact -> CREATE_CONTACT;
            case UpdateContact contact -> UPDATE_CONTACT;
            case DeleteContact contact -> DELETE_CONTACT;
            case SetComment comment -> SET_COMMENT;
            case DeleteComment comment -> DELETE_COMMENT;
        };
    }

    /** A text message from a business number. */
    record SendMessage(String from, List<String> to, String text) implements PersonCommand {
        public SendMessage {
            to = List.copyOf(to);
        }

        @Override
        public String toString() {
            return type();
        }
    }

    /** Rings the person of {@code from}, then the number of {@code to}. */
    record MakeCall(String from, String to) implements PersonCommand {
        @Override
        public String toString() {
            return type();
        }
    }

    /** @param status {@code available} or {@code dnd}: of the person whose key the account has, the provider sets no other */
    record SetStatus(String status) implements PersonCommand {
        @Override
        public String toString() {
            return type();
        }
    }

    record CreateContact(ContactContent contact) implements PersonCommand {
        @Override
        public String toString() {
            return type();
        }
    }

    /**
     * Puts that content in the place of what the contact held.
     *
     * @param etag of the version that is replaced, so that nobody's change is lost; null replaces any
     */
    record UpdateContact(String id, @Nullable String etag, ContactContent contact) implements PersonCommand {
        @Override
        public String toString() {
            return type();
        }
    }

    /** @param etag see {@link UpdateContact} */
    record DeleteContact(String id, @Nullable String etag) implements PersonCommand {
        @Override
        public String toString() {
            return type();
        }
    }

    /** @param id of the journal entry */
    record SetComment(String id, String text) implements PersonCommand {
        @Override
        public String toString() {
            return type();
        }
    }

    /** @param id of the journal entry */
    record DeleteComment(String id) implements PersonCommand {
        @Override
        public String toString() {
            return type();
        }
    }
}
