package io.switchboard.poller;

import io.switchboard.call.CallEvent;
import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.kafka.EventLog;
import io.switchboard.kafka.LogPosition;
import io.switchboard.kafka.TraceContext;
import io.switchboard.mightycall.CallEventDecoder;
import io.switchboard.mightycall.Decoded.Understood;
import io.switchboard.mightycall.LoggedEvent;
import io.switchboard.poller.PollerMetrics.Result;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.poller.provider.ProviderAnswer;
import io.switchboard.poller.provider.ProviderRecord;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends what was read to the log: each row under its own key, as the provider sent it, unless the log holds the same
 * content already. A row that cannot be read goes there too, under the id of its bytes: the projector makes it a dead letter.
 * Owned by the account's loop.
 */
final class RecordPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(RecordPublisher.class);
    private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final byte[] NOTHING = {};
    private static final int MOST_AT_ONCE = 500;

    private final String account;
    private final EventLog log;
    private final AccountKnowledge knowledge;
    private final PollerMetrics metrics;
    private final CallEventDecoder calls = new CallEventDecoder();
    private final Map<Resource, Set<String>> listings = new HashMap<>();
    /** Listings with a row that cannot be read: it may be of any thing that seems to be missing. */
    private final Set<Resource> doubtful = EnumSet.noneOf(Resource.class);

    RecordPublisher(String account, EventLog log, AccountKnowledge knowledge, PollerMetrics metrics) {
        this.account = account;
        this.log = log;
        this.knowledge = knowledge;
        this.metrics = metrics;
    }

    /** Returns when the page is in the log, or it was given up; answers how many records were new or had changed. */
    int publish(ProviderRequest request, ProviderAnswer.Page page, Instant now, BooleanSupplier givenUp)
            throws InterruptedException {
        var receivedAt = now.truncatedTo(ChronoUnit.MICROS);
        var fresh = new ArrayList<Fresh>();
        var listing = listing(request);
        for (var record : page.records()) {
            var id = record.id() == null ? record.eventId().toString() : record.id();
            var envelope = envelope(record, id, receivedAt);
            var unchanged = knowledge.isUnchanged(record, id);
            if (!unchanged) {
                fresh.add(new Fresh(record, id, envelope));
            }
            metrics.record(record.resource(), result(record, unchanged), 1);
            listing.add(id);
            if (record.id() == null) {
                doubtful.add(record.resource());
            }
            lookInto(envelope, now);
        }
        for (int from = 0; from < fresh.size(); from += MOST_AT_ONCE) {
            append(fresh.subList(from, Math.min(fresh.size(), from + MOST_AT_ONCE)), givenUp);
        }
        return fresh.size();
    }

    /** What is known of a resource and not in the complete listing that has just ended was deleted. */
    void deleteMissing(Resource resource, Instant now) throws InterruptedException {
        var listing = listings.remove(resource);
        if (doubtful.contains(resource)) {
            LOG.warn("account {}: a row of {} cannot be read, so none counts as deleted", account, resource.word());
            return;
        }
        if (listing == null || listing.isEmpty()) { // nothing at all is rather a provider's mishap than a company's end
            return;
        }
        for (var id : knowledge.missingFrom(resource, listing)) {
            var receivedAt = now.truncatedTo(ChronoUnit.MICROS);
            var deletion = new Envelope(
                    EventId.ofRecord(account, resource.word(), id, "deleted at " + receivedAt),
                    resource.topic(),
                    resource.key(account, id),
                    Source.POLL,
                    account,
                    resource.type(),
                    receivedAt,
                    receivedAt,
                    "",
                    null,
                    NOTHING);
            if (appended(log.appendTombstone(deletion))) {
                knowledge.deleted(resource, id);
                metrics.record(resource, Result.DELETED, 1);
            }
        }
    }

    private record Fresh(ProviderRecord record, String id, Envelope envelope) {}

    /** The ids of the listing that the request belongs to, from its first page on. */
    private Set<String> listing(ProviderRequest request) {
        return switch (request) {
            case ProviderRequest.PhoneNumbers ignored -> begun(request.resource());
            case ProviderRequest.Team ignored -> begun(request.resource());
            case ProviderRequest.Contacts contacts
            when contacts.updatedSince() == null ->
                contacts.page() == 1
                        ? begun(request.resource())
                        : listings.computeIfAbsent(request.resource(), any -> new HashSet<>());
            default -> new HashSet<>();
        };
    }

    private Set<String> begun(Resource resource) {
        var listing = new HashSet<String>();
        listings.put(resource, listing);
        doubtful.remove(resource);
        return listing;
    }

    private void append(List<Fresh> fresh, BooleanSupplier givenUp) throws InterruptedException {
        var left = fresh;
        while (!left.isEmpty() && !givenUp.getAsBoolean()) {
            left = notAppended(left);
            if (!left.isEmpty()) {
                LOG.warn("account {}: the brokers did not take {} records; they are tried again", account, left.size());
                Thread.sleep(RETRY);
            }
        }
    }

    /** Appends all at once; answers those to be tried again. */
    private List<Fresh> notAppended(List<Fresh> fresh) {
        var appending = fresh.stream().map(one -> log.append(one.envelope())).toList();
        var left = new ArrayList<Fresh>();
        for (int i = 0; i < fresh.size(); i++) {
            var one = fresh.get(i);
            if (appended(appending.get(i))) {
                knowledge.published(one.record(), one.id());
            } else if (isTooLarge(appending.get(i))) {
                knowledge.published(one.record(), one.id()); // or it would be tried at every poll
                metrics.record(one.record().resource(), Result.TOO_LARGE, 1);
                LOG.warn(
                        "account {}: a row of {} is larger than the brokers take and is left out",
                        account,
                        one.record());
            } else {
                left.add(one);
            }
        }
        return left;
    }

    private static boolean appended(Future<LogPosition> appending) {
        try {
            return appending.map(true).otherwise(false).await(APPEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static boolean isTooLarge(Future<LogPosition> appending) {
        return appending.failed() && appending.cause() instanceof RecordTooLargeException;
    }

    private static Result result(ProviderRecord record, boolean unchanged) {
        if (record.id() == null) {
            return Result.UNREADABLE;
        }
        return unchanged ? Result.UNCHANGED : Result.PUBLISHED;
    }

    /** What a record says about what to ask next, changed or not: a call's link is fresh. */
    private void lookInto(Envelope envelope, Instant now) {
        if (envelope.topic() == Topic.CALLS
                && calls.decode(LoggedEvent.of(envelope)) instanceof Understood(CallEvent event)) {
            knowledge.fetched(event, now);
        }
    }

    private Envelope envelope(ProviderRecord record, String id, Instant receivedAt) {
        var occurredAt = record.occurredAt();
        return new Envelope(
                record.eventId(),
                record.resource().topic(),
                record.resource().key(account, id),
                Source.POLL,
                account,
                record.resource().type(),
                occurredAt == null ? receivedAt : occurredAt,
                receivedAt,
                TraceContext.generated(),
                "application/json",
                record.value());
    }
}
