package io.switchboard.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import io.switchboard.event.Source;
import java.time.Instant;

/** Rows of the provider's lists as the poller appends them. */
final class ProviderRows {
    static final Instant SEEN = Instant.parse("2026-03-09T20:00:00.123456Z");
    static final String CLIENT = "+13125550117";
    static final String OFFICE = "+12025550143";

    private ProviderRows() {}

    static Envelope row(Resource resource, String id, String json) {
        return row(resource, "default", id, json, SEEN);
    }

    static Envelope row(Resource resource, String account, String id, String json, Instant receivedAt) {
        return new Envelope(
                EventId.ofRecord(account, resource.word(), id, json),
                resource.topic(),
                resource.key(account, id),
                Source.POLL,
                account,
                resource.type(),
                receivedAt,
                receivedAt,
                "",
                null,
                json.getBytes(UTF_8));
    }

    static Envelope tombstone(Resource resource, String account, String id, Instant receivedAt) {
        return row(resource, account, id, "", receivedAt);
    }

    /** A journal entry of an inbound call. */
    static Envelope entry(String id, String requestGuid, Instant created) {
        return entry("default", id, requestGuid, created, CLIENT);
    }

    static Envelope entry(String account, String id, String requestGuid, Instant created, String client) {
        return row(Resource.JOURNAL, account, id, """
                {"id":"%s","requestGuid":"%s","type":"call","state":"connected","origin":"inbound","created":"%s",\
                "client":{"address":"%s","type":"phoneNumber"},"businessNumber":{"number":"%s","label":"Main line"},\
                "agent":{"id":"6b02f2a4-0000-4a01-8a01-000000000101","name":"Alex Moreno","extension":"101","type":"user"},\
                "duration":"00:00:03"}""".formatted(id, requestGuid, created, client, OFFICE), SEEN);
    }

    /** A record of {@code /calls}. */
    static Envelope call(String account, String id, Instant start, String client) {
        return row(Resource.CALLS, account, id, """
                {"id":"%s","direction":"Incoming","callStatus":"Connected","dateTimeUtc":"%s","duration":"3000",\
                "businessNumber":"%s","caller":{"phone":"%s"},\
                "called":[{"isConnected":true,"name":"Alex M.","extension":"101"},{"extension":"105"}]}""".formatted(id, start, OFFICE, client), SEEN);
    }
}
