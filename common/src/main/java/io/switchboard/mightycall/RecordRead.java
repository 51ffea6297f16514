package io.switchboard.mightycall;

import io.switchboard.resource.ProviderRecord;

/** What became of the bytes of one row of the provider's lists. */
public sealed interface RecordRead {

    record Understood(ProviderRecord content) implements RecordRead {}

    /**
     * Bytes that are no record: a dead letter.
     *
     * @param detail for an operator, free of personal data
     */
    record Unread(Fault fault, String detail) implements RecordRead {}

    /** Why a record cannot be read. */
    enum Fault {
        NOT_JSON,
        NOT_AN_OBJECT,
        TOO_DEEP,
        NO_RECORD_ID,
        RECORD_ID_TOO_LONG
    }
}
