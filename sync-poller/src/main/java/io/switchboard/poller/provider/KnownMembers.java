package io.switchboard.poller.provider;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.switchboard.event.Resource;
import io.switchboard.mightycall.TolerantJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The members that a row of each resource is documented to have, or was seen with: {@code caller.phone} is the member {@code
 * phone} of the object, or of the objects in the list, {@code caller}. Others are harmless, but say that the provider has
 * changed something. Inside an unknown member, and where a path ends in {@code .*}, nothing is looked at.
 */
final class KnownMembers {
    private static final String AGENT = "id groupId agentRole name extension forwardingNumber phone role email type";
    private static final String RECORDING = "recordingId duration flag status link availability";
    private static final Map<Resource, Set<String>> TABLE = new EnumMap<>(Map.of(
            Resource.CALLS,
            paths(
                    "id businessNumber dateTimeUtc duration direction callStatus",
                    in("caller", "name extension phone"),
                    in("called", "isConnected isFirstConnected name extension phone"),
                    in("callRecord", "fileName uri")),
            Resource.JOURNAL,
            paths(
                    "respondedAt id requestGuid state type origin created businessNumbersCount tags comment favorite",
                    "text duration messageDeliveryStatus read inConversation availability",
                    in("client", "address type callerKind widgetName endpoint resolvedContacts.*"),
                    in("client", "resolvedExternalContacts.* latestResolvedExternalContact.*"),
                    in("businessNumber", "number label"),
                    in("agent", AGENT),
                    in("users", AGENT),
                    in("textModel", "text availability"),
                    in("voicemail", "duration text speechRecognitionStatus availability whenRemoved whoRemovedName"),
                    in("voicemail", "removedByUserGuid"),
                    in("voicemail.assignee", AGENT),
                    in("voicemail.recording", RECORDING),
                    in("recording", RECORDING),
                    in("attachments", "link fileName fileSize isImage isSupportedFormat isStorageExpired"),
                    in("wfstate", "state")),
            Resource.VOICEMAILS,
            paths(
                    "id from to assignedTo dateTimeUtc duration voicemailStatus storageId",
                    in("voicemailRecord", "fileName uri")),
            Resource.PHONE_NUMBERS,
            paths(
                    "number isEnabled isPrimary isTollFree isInternational smsMode numberMessagingVerified isMmsEnabled",
                    "callRecordingMode description label mayText mayCall lastUsed objectGuid doNotOriginate",
                    "whenDeleted"),
            Resource.TEAM,
            paths("fullName id role avatarUrl"),
            Resource.PROFILES,
            paths("firstName lastName email extension role"),
            Resource.CONTACTS,
            paths(
                    "etag contactId firstName lastName patronymic created updated comment tags state",
                    in("channels", "channelId labels phone email")),
            Resource.AGENT_STATUS,
            paths("status")));

    private KnownMembers() {}

    /** The paths of members that are not known, as often as they occur; empty for what is no object. */
    static List<String> unknown(Resource resource, byte[] row) {
        var unknown = new ArrayList<String>();
        try (var parser = TolerantJson.parser(row, TolerantJson.startOfText(row))) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                collect(parser, "", Objects.requireNonNull(TABLE.get(resource)), unknown);
            }
        } catch (IOException e) {
            return unknown; // the page was read before: too deep at most
        }
        return unknown;
    }

    private static void collect(JsonParser parser, String prefix, Set<String> known, List<String> unknown)
            throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var path = prefix + parser.currentName().toLowerCase(Locale.ROOT);
            var value = parser.nextToken();
            if (!known.contains(path)) {
                unknown.add(path);
            }
            if (!known.contains(path) || known.contains(path + ".*")) {
                var ignored = parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                collect(parser, path + ".", known, unknown);
            } else if (value == JsonToken.START_ARRAY) {
                collectElements(parser, path + ".", known, unknown);
            }
        }
    }

    private static void collectElements(JsonParser parser, String prefix, Set<String> known, List<String> unknown)
            throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                collect(parser, prefix, known, unknown);
            } else {
                var ignored = parser.skipChildren();
            }
        }
    }

    private static String in(String object, String names) {
        return object + "." + names.replace(" ", " " + object + ".");
    }

    /** All paths and what they lead through, in lower case. */
    private static Set<String> paths(String... lists) {
        var paths = new HashSet<String>();
        for (var path : String.join(" ", lists).toLowerCase(Locale.ROOT).split(" ")) {
            for (var dot = path.length(); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
                paths.add(path.substring(0, dot));
            }
        }
        return Set.copyOf(paths);
    }
}
