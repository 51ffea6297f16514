package io.switchboard.poller;

import io.switchboard.call.CallEvent;
import io.switchboard.event.Envelope;
import io.switchboard.event.Resource;
import io.switchboard.event.Topic;
import io.switchboard.mightycall.CallEventDecoder;
import io.switchboard.mightycall.Decoded.Understood;
import io.switchboard.mightycall.LoggedEvent;
import io.switchboard.mightycall.ProviderRecordDecoder;
import io.switchboard.mightycall.RecordRead;
import io.switchboard.poller.plan.Attention;
import io.switchboard.poller.provider.ProviderRecord;
import io.switchboard.poller.reconcile.Finding;
import io.switchboard.poller.reconcile.KnownCalls;
import io.switchboard.resource.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one account without a database: read from the log at the start, kept by reading on, and added
 * to by what is fetched. Safe for use by several threads; nothing in it takes long.
 */
final class AccountKnowledge {
    private static final int MOST_LINKS = 50_000;
    private static final int MOST_WANTED = 100;

    private final CallEventDecoder decoder = new CallEventDecoder();
    private final ProviderRecordDecoder records = new ProviderRecordDecoder();
    private final KnownCalls calls;
    private final PublishedRecords published = new PublishedRecords();
    private final LinkedHashMap<String, Link> links = new LinkedHashMap<>();
    private final Set<String> wanted = new LinkedHashSet<>();

    /** A recording's link as the provider gave it at a time; links expire. */
    record Link(String uri, Instant seenAt) {}

    AccountKnowledge(Duration openCallTimeout) {
        this.calls = new KnownCalls(openCallTimeout);
    }

    /** Takes in what the log holds; what cannot be read is the projector's business. */
    synchronized void observe(Envelope envelope) {
        Resource.ofType(envelope.type()).ifPresent(resource -> {
            var id = resource.id(envelope.account(), envelope.key());
            published.remember(resource, id, envelope.id());
            if (resource == Resource.JOURNAL) {
                meet(records.decode(resource, id, envelope.value()));
            }
        });
        if (envelope.topic() == Topic.CALLS
                && decoder.decode(LoggedEvent.of(envelope)) instanceof Understood(var event)) {
            calls.observe(event);
        }
    }

    /** The thing is no more. */
    synchronized void observeTombstone(Envelope envelope) {
        Resource.ofType(envelope.type())
                .ifPresent(resource -> published.forget(resource, resource.id(envelope.account(), envelope.key())));
    }

    /** The extension whose status the account's key shows, as last published; null when it is not known. */
    synchronized @Nullable String ownExtension() {
        return published.newest(Resource.AGENT_STATUS);
    }

    private void meet(RecordRead read) {
        if (read instanceof RecordRead.Understood(JournalEntry entry)
                && entry.agent() != null
                && entry.agent().extension() != null) {
            calls.observeExtension(entry.agent().extension());
        }
    }

    /** Takes in what was fetched and stands in the log now. */
    synchronized void published(ProviderRecord record, String id) {
        published.remember(record.resource(), id, record.eventId());
    }

    /** Takes in a call's record as just fetched, changed or not: its link is fresh. */
    synchronized void fetched(CallEvent event, Instant now) {
        calls.observe(event);
        var record = event.record();
        if (record != null && record.recordingUri() != null) {
            links.putLast(event.callId(), new Link(record.recordingUri(), now));
            if (links.size() > MOST_LINKS) {
                links.pollFirstEntry();
            }
        }
        wanted.remove(event.callId());
    }

    synchronized boolean isUnchanged(ProviderRecord record, String id) {
        return published.holds(record.resource(), id, record.eventId());
    }

    synchronized Set<String> missingFrom(Resource resource, Set<String> listing) {
        return published.missingFrom(resource, listing);
    }

    synchronized void deleted(Resource resource, String id) {
        published.forget(resource, id);
    }

    synchronized @Nullable Link link(String callId) {
        return links.get(callId);
    }

    /** Has a call asked for soon: somebody waits for a fresh link. */
    synchronized void want(String callId) {
        if (wanted.size() < MOST_WANTED) {
            var isNew = wanted.add(callId);
            assert isNew || wanted.contains(callId);
        }
    }

    synchronized Attention attention(Instant now) {
        var asked = calls.attention(now);
        var ids = new ArrayList<>(wanted);
        asked.askFor().stream().filter(id -> !wanted.contains(id)).forEach(ids::add);
        return new Attention(asked.active(), asked.oldestUnsettled(), ids, asked.extensions());
    }

    /** A wanted call was asked for; it is not asked again unless somebody wants it again. */
    synchronized void asked(String callId) {
        wanted.remove(callId);
    }

    /** Findings since the last time, by their word. */
    synchronized Map<Finding, Integer> drainFindings() {
        return calls.drainFindings();
    }

    /** Has findings made from now on: the account is led from here. */
    synchronized void watch(Instant from) {
        calls.watch(from);
    }
}
