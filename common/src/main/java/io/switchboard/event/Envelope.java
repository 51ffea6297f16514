package io.switchboard.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One fact on its way into the log: what it is, where it belongs, and the provider's bytes as received, less the secret.
 *
 * @param id identity of the fact
 * @param topic where it is appended
 * @param key the record's key and {@code ce_subject}: the call id for {@link Topic#CALLS}
 * @param source the door it came through
 * @param account the account it belongs to
 * @param type {@code ce_type}, such as {@code mightycall.webhook.IncomingCallConnected}
 * @param occurredAt when it happened, by the provider's clock; the arrival where the provider did not say
 * @param receivedAt when it reached this system
 * @param traceparent W3C trace context of the request that brought it
 * @param contentType media type of {@code value}; null when the sender named none
 * @param value the provider's bytes; not copied, so nobody changes them after construction
 */
@SuppressWarnings("ArrayRecordComponent") // compared by id, never by equals
public record Envelope(
        EventId id,
        Topic topic,
        String key,
        Source source,
        String account,
        String type,
        Instant occurredAt,
        Instant receivedAt,
        String traceparent,
        @Nullable String contentType,
        byte[] value) {

    /** {@code ce_type} of a {@code /calls} record. */
    public static final String CALL_RECORD_TYPE = "mightycall.call";

    /** {@code ce_type} of a delivery from which no event can be read. */
    public static final String QUARANTINED_TYPE = "mightycall.quarantined";

    /** What stands before the provider's {@code EventType} in a webhook's {@code ce_type}. */
    public static final String WEBHOOK_TYPE_PREFIX = "mightycall.webhook.";

    /** {@code ce_type} of a webhook event that names no {@code EventType}. */
    public static final String UNTYPED_WEBHOOK_TYPE = WEBHOOK_TYPE_PREFIX + "untyped";

    /** {@code ce_source}: {@code /mightycall/{account}/webhook}. */
    public String ceSource() {
        return "/mightycall/" + account + "/" + source.word();
    }
}
