package io.switchboard.mightycall;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.switchboard.event.Resource;
import io.switchboard.mightycall.RecordRead.Fault;
import io.switchboard.mightycall.RecordRead.Understood;
import io.switchboard.mightycall.RecordRead.Unread;
import io.switchboard.resource.ProviderRecord;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Understands the rows of the provider's lists as the log holds them, bare or inside {@code data}; those of {@code /calls}
 * are {@link CallEventDecoder}'s. Stateless, any thread.
 */
public final class ProviderRecordDecoder {
    private static final int MAX_ID_CHARACTERS = 128;

    /**
     * Decodes one row. Never throws: what cannot be understood says why.
     *
     * @param keyId the id in the record's key: stands for the id where the provider gives none
     */
    public RecordRead decode(Resource resource, String keyId, byte[] value) {
        try (var parser = TolerantJson.parser(value, TolerantJson.startOfText(value))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Unread(Fault.NOT_AN_OBJECT, "the value is not a JSON object");
            }
            var read = LooseObject.read(parser);
            TolerantJson.expectEnd(parser);
            return decode(resource, keyId, unwrapped(resource, read));
        } catch (StreamConstraintsException e) {
            return new Unread(Fault.TOO_DEEP, "the value nests deeper than 64 levels");
        } catch (IOException e) {
            return new Unread(Fault.NOT_JSON, "the value is not one JSON document");
        }
    }

    /** An id as tables hold it: GUIDs in lower case. Empty when there is none, or too much of it. */
    public static Optional<String> id(String text) {
        var id = text.strip();
        return id.isEmpty() || id.codePointCount(0, id.length()) > MAX_ID_CHARACTERS
                ? Optional.empty()
                : Optional.of(StorableText.of(CallIds.normal(id), RecordFields.SHORT_TEXT));
    }

    private static RecordRead decode(Resource resource, String keyId, LooseObject row) {
        var named = id(resource, keyId, row);
        if (named == null || named.isBlank()) {
            return new Unread(Fault.NO_RECORD_ID, "no member says which record it is");
        }
        return id(named)
                .<RecordRead>map(id -> new Understood(record(resource, id, row)))
                .orElseGet(() -> new Unread(Fault.RECORD_ID_TOO_LONG, "the record's id has more than 128 characters"));
    }

    private static ProviderRecord record(Resource resource, String id, LooseObject row) {
        return switch (resource) {
            case JOURNAL -> JournalReader.read(id, row);
            case VOICEMAILS -> DirectoryReader.voicemail(id, row);
            case PHONE_NUMBERS -> DirectoryReader.phoneNumber(id, row);
            case TEAM -> DirectoryReader.teamMember(id, row);
            case PROFILES -> DirectoryReader.profile(id, row);
            case CONTACTS -> DirectoryReader.contact(id, row);
            case AGENT_STATUS -> DirectoryReader.agentStatus(id, row);
            case CALLS -> throw new IllegalArgumentException("calls have a decoder of their own");
        };
    }

    /** A status does not say whose it is, and a profile was asked for by its extension: there the key knows. */
    private static @Nullable String id(Resource resource, String keyId, LooseObject row) {
        return switch (resource) {
            case JOURNAL, VOICEMAILS, TEAM, CALLS -> row.text("id");
            case PHONE_NUMBERS -> row.text("number");
            case CONTACTS -> row.text("contactid") == null ? row.text("id") : row.text("contactid");
            case PROFILES -> row.text("extension") == null ? keyId : row.text("extension");
            case AGENT_STATUS -> keyId;
        };
    }

    /** The row itself, where it still stands inside {@code data}. */
    private static LooseObject unwrapped(Resource resource, LooseObject read) {
        var data = read.object("data");
        var named = id(resource, "", read);
        return data != null && (named == null || named.isEmpty()) ? data : read;
    }
}
