package io.switchboard.poller.provider;

import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import io.switchboard.mightycall.CallIds;
import io.switchboard.mightycall.CanonicalRecord;
import io.switchboard.mightycall.ProviderTime;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.poller.provider.PageSlices.Shape;
import io.switchboard.poller.provider.ProviderAnswer.Page;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a successful answer's bytes. A row that cannot be read does not stop the page: it becomes a record without
 * an id. Stateless, any thread.
 *
 * @param account whose answers these are
 */
record PageReader(String account) {
    /** The id of the own status while the own extension is not known. */
    static final String ME = "me";

    private static final int MAX_BYTES = 64 << 20;
    private static final int MAX_ID_CHARACTERS = 128;

    /** What came of reading. */
    sealed interface Reading {
        /** @param unknown paths of members that no document describes, with how often they occurred */
        record Understood(Page page, Map<String, Integer> unknown) implements Reading {}

        /** @param what is wrong, for an operator; nothing of the answer itself */
        record Unreadable(String what) implements Reading {}
    }

    /** @param ownExtension whose status the own status is; null while it is not known */
    Reading read(ProviderRequest request, byte[] body, @Nullable String ownExtension) {
        if (body.length > MAX_BYTES) {
            return new Reading.Unreadable("larger than 64 MiB");
        }
        try {
            var slices = PageSlices.read(body, shape(request));
            if (!slices.found() || slices.saysFailed()) {
                return new Reading.Unreadable(
                        slices.found() ? "the provider says that it failed" : "JSON of another shape");
            }
            return understood(request, slices, ownExtension == null ? ME : ownExtension);
        } catch (IOException e) {
            return new Reading.Unreadable("broken JSON, or cut off");
        }
    }

    private Reading understood(ProviderRequest request, PageSlices slices, String ownExtension) {
        var rows = new ArrayList<>(slices.rows());
        rows.addAll(slices.deleted());
        var active = slices.rows().stream()
                .map(row -> record(request, row, ownExtension))
                .toList();
        var deleted = slices.deleted().stream()
                .map(row -> record(request, row, ownExtension))
                .toList();
        var page = new Page(
                request instanceof ProviderRequest.PhoneNumbers ? DeletedNumbers.merge(active, deleted) : active,
                rows.size(),
                total(request, slices),
                pages(slices));
        return new Reading.Understood(page, unknown(request.resource(), rows));
    }

    private ProviderRecord record(ProviderRequest request, byte[] row, String ownExtension) {
        var resource = request.resource();
        var members = Members.read(row);
        var id = members == null ? null : usable(id(request, members, ownExtension));
        var canonical = id == null ? null : CanonicalRecord.of(row);
        if (members == null || id == null || canonical == null) {
            return new ProviderRecord(resource, null, EventId.ofBytes(account, row), null, row);
        }
        var eventId = EventId.ofRecord(account, resource.word(), id, canonical);
        return new ProviderRecord(resource, id, eventId, occurredAt(resource, members), row);
    }

    private static @Nullable String id(ProviderRequest request, Members row, String ownExtension) {
        return switch (request) {
            case ProviderRequest.Calls ignored -> callId(row);
            case ProviderRequest.OneCall ignored -> callId(row);
            case ProviderRequest.Journal ignored -> row.text("id");
            case ProviderRequest.Voicemails ignored -> row.text("id");
            case ProviderRequest.PhoneNumbers ignored -> row.text("number");
            case ProviderRequest.Team ignored -> row.text("id");
            case ProviderRequest.Profile profile ->
                row.text("extension") == null ? profile.extension() : row.text("extension");
            case ProviderRequest.OwnStatus ignored -> row.text("status") == null ? null : ownExtension;
            case ProviderRequest.Contacts ignored -> row.text("contactid");
        };
    }

    private static @Nullable String callId(Members row) {
        var id = row.text("id");
        return id == null ? null : CallIds.normal(id);
    }

    /** An id that every store takes as a key. */
    private static @Nullable String usable(@Nullable String id) {
        return id == null
                        || id.codePointCount(0, id.length()) > MAX_ID_CHARACTERS
                        || id.codePoints().anyMatch(PageReader::isUnstorable)
                ? null
                : id;
    }

    private static boolean isUnstorable(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static @Nullable Instant occurredAt(Resource resource, Members row) {
        var text = switch (resource) {
            case CALLS, VOICEMAILS -> row.text("datetimeutc");
            case JOURNAL -> row.text("created");
            case CONTACTS -> row.text("updated");
            case PHONE_NUMBERS -> row.text(DeletedNumbers.WHEN);
            case TEAM, PROFILES, AGENT_STATUS -> null;
        };
        return text == null ? null : ProviderTime.parse(text);
    }

    /** The phone numbers' {@code total} counts the active ones only, so it is none of all rows. */
    private static @Nullable Long total(ProviderRequest request, PageSlices slices) {
        return switch (request) {
            case ProviderRequest.Calls ignored -> slices.number("total");
            case ProviderRequest.Voicemails ignored -> slices.number("total");
            case ProviderRequest.Contacts ignored -> slices.number("records");
            default -> null;
        };
    }

    private static @Nullable Integer pages(PageSlices slices) {
        var pages = slices.number("pages");
        return pages == null ? null : (int) Math.min(pages, Integer.MAX_VALUE);
    }

    private static Map<String, Integer> unknown(Resource resource, List<byte[]> rows) {
        var unknown = new TreeMap<String, Integer>();
        rows.forEach(row -> KnownMembers.unknown(resource, row).forEach(path -> unknown.merge(path, 1, Integer::sum)));
        return unknown;
    }

    private static Shape shape(ProviderRequest request) {
        return switch (request) {
            case ProviderRequest.Calls ignored -> new Shape("calls", null, null);
            case ProviderRequest.OneCall ignored -> new Shape("data", null, "id");
            case ProviderRequest.Journal ignored -> new Shape("requests", null, null);
            case ProviderRequest.Voicemails ignored -> new Shape("voicemails", null, null);
            case ProviderRequest.PhoneNumbers ignored -> new Shape("phonenumbers", "deletedphonenumbers", null);
            case ProviderRequest.Team ignored -> new Shape("users", null, null);
            case ProviderRequest.Profile ignored -> new Shape("data", null, "extension");
            case ProviderRequest.OwnStatus ignored -> new Shape("data", null, "status");
            case ProviderRequest.Contacts ignored -> new Shape("contacts", null, null);
        };
    }
}
